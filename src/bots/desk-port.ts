// What the desk is to those who bring it questions and look after them.
import type { Place } from './ports.js';
import type { Queue } from './queue.js';
import type { PendingQuestion } from './store-port.js';

/** A question of the store that is ours, at least until `until` (ISO 8601). */
export type Taken = PendingQuestion & { until: string };

export interface HeldRow {
  id: string;
  epoch: number;
  isToStop: boolean;
}

export interface Desk extends Pick<Queue, 'room' | 'load'> {
  /** Answers it, or takes its answer away; what this process had on of the same question ends in silence. */
  take(question: Taken): void;
  /** Ends what is being answered in a thread with the word "Stopped."; false = nothing is. */
  stop(place: Place): boolean;
  /** What the store says of our questions since `seen` was asked for; gives those of them that are not on here. */
  held<Row extends HeldRow>(rows: Row[], seen: ReadonlySet<string>, until: string): Row[];
  /** Keys of the questions on, as `held` wants them. */
  on(): ReadonlySet<string>;
  /** Questions that could be begun at once. */
  spare(): number;
  /** Ends all that is being written with an apology. */
  apologise(): void;
  idle(): Promise<void>;
  /** Lets go of what is still on, so that another process takes it up at once. */
  giveBack(): Promise<void>;
}
