// What the contract of bots needs of a platform: people who write and press, and eyes that see what they see.
import type { BotPlatform, FeedbackKind } from '#src/bots/ports.js';
import type { ChannelPlace } from '#src/digests/subscription.js';

/** How a message reaches the bot; `plain` mentions nobody. */
export type How = 'mention' | 'direct' | 'command' | 'plain';

export interface Saying {
  text: string;
  /** Absent = a mention. */
  how?: How;
  /** Absent = the first person. */
  user?: 'ann' | 'ben' | 'cat';
  /** The thread of that message; absent = outside any thread. */
  under?: Said;
  /** Mentions this person at the start. */
  to?: 'ann' | 'ben' | 'cat';
  /** Written by another bot. */
  byBot?: boolean;
  /** Delivered so many times, over all connections by turns; absent = once. */
  deliveries?: number;
}

/** Something that was said. */
export interface Said {
  id: string;
  /** Where its answer belongs. */
  thread: string;
}

/** A message of the bot as people see it. */
export interface Seen {
  id: string;
  /** Without markup. */
  text: string;
  /** Addresses that can be clicked. */
  links: string[];
  /** Choices that can be pressed. */
  choices: string[];
  /** Only this person sees it. */
  onlyFor?: string | undefined;
}

export interface PlatformUnderTest {
  /** A process that connects; `cut` = it was killed: nothing that it does reaches anybody any more. */
  connect(): { platform: BotPlatform; cut(): void };
  /** Comes back when it was delivered and acknowledged. */
  say(saying: Saying): Promise<Said>;
  edit(said: Said, text: string, deliveries?: number): Promise<void>;
  remove(said: Said): Promise<void>;
  /** `said` is what the answer belongs to. */
  pressStop(said: Said): Promise<void>;
  pressFeedback(said: Said, kind: FeedbackKind, user?: 'ann' | 'ben' | 'cat'): Promise<void>;
  pressChoice(said: Said, choice: string): Promise<void>;
  /** "Tell me when there is news about it". */
  pressTellMe(said: Said): Promise<void>;
  /** A channel that people of `say` are in; undefined = no digest can be posted. */
  channel?(): ChannelPlace;
  /** The digest that was posted as this message, as something to ask under. */
  digest?(message: string): Promise<Said>;
  /** What the bot shows in a thread now, in order. */
  seen(said: Said): Promise<Seen[]>;
  /** The line that says what is being done; '' = none. */
  status(said: Said): Promise<string>;
  /** Mentions in all that the bot wrote that would ring somebody's bell. */
  liveMentions(): Promise<number>;
  close(): Promise<void>;
}
