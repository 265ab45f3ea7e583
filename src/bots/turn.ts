// A question in this process's hands: what the platform is given of it, and what keeps two processes from showing it.
import type { Clock } from '../domain.js';
import { BotError } from '../errors.js';
import type { BotPlatform, Place, Turn } from './ports.js';
import type { BotStore, Hold, PendingQuestion } from './store-port.js';

export interface Held {
  question: PendingQuestion;
  hold: Hold;
  /** Milliseconds since 1970; from then on somebody else may have it. */
  heldUntil: number;
  /** Ends the answering. */
  work: AbortController;
  /** Ends the showing: it is not ours any more. */
  show: AbortController;
}

export interface TurnDeps {
  store: Pick<BotStore, 'record' | 'holds'>;
  clock: Clock;
}

export function turnOf({ clock, store }: TurnDeps, held: Held, platform: BotPlatform): Turn {
  const { hold, question, show } = held;
  const { id, message, posted, text, user } = question;
  const place = placeOf(question);
  return {
    ...place,
    questionId: id,
    user,
    message,
    // The store gives back what it was given.
    way: question.way as Turn['way'],
    text,
    attempt: hold.epoch,
    posted,
    signal: show.signal,
    async mayPost() {
      // The clock first: a store that cannot be asked must not let a process post that slept through its lease.
      return !show.signal.aborted && clock().getTime() < held.heldUntil && (await store.holds(id, hold));
    },
    async record(messages) {
      const result = await store.record(id, hold, messages);
      if (result.kind === 'ours') {
        return;
      }
      // Posted while it was taken away: nobody else knows of these, so nobody else would remove them.
      const orphans =
        result.kind === 'lost' ? messages.filter((one) => !result.posted.includes(one)) : messages;
      letGo(held, new BotError('claim_lost', 'the question was taken over while its answer was posted'));
      await (orphans.length > 0 ? platform.remove(place, orphans) : undefined);
      throw show.signal.reason;
    },
  };
}

/** Ends it without a word. */
export function letGo({ show, work }: Held, reason: BotError): void {
  show.abort(reason);
  work.abort(reason);
}

export const placeOf = ({ channel, platform, tenant, thread }: Place): Place => ({
  platform,
  tenant,
  channel,
  thread,
});

/** One word for a question as it was taken up this time. */
export const holdKey = ({ epoch, id }: { id: string; epoch: number }): string => `${id} ${epoch}`;

/** One word for a thread, as a key. */
export function threadKey(place: Place): string {
  return JSON.stringify(Object.values(placeOf(place)));
}
