// What stands between the bot core and a platform. The platform tells the core what people do (`Bot`); the core
// tells the platform what to show (`BotPlatform`, `Reply`). Ids are the platform's own and never read by the core.
import type { DigestPlatform } from '../digests/platform.js';
import type { Answer, Citation } from '../domain.js';

/** Where something was said. */
export interface Place {
  /** The platform's `name`: "slack". */
  platform: string;
  /** Workspace, server; one for everything where a platform has none. */
  tenant: string;
  channel: string;
  /** The thread that an answer belongs to: for a message outside any thread the one that it would open. */
  thread: string;
}

/**
 * How a message reached the bot: it is mentioned, a direct message (or an assistant pane), a command, a shortcut on
 * somebody's message, or nothing of this: a message that the bot merely sees.
 */
export type Way = 'mention' | 'direct' | 'command' | 'shortcut' | 'seen';

/** A message as somebody wrote it, every one that the platform shows us: the core decides what is for the bot. */
export interface IncomingMessage extends Place {
  /** The same for all that tells of one asking (a redelivery, a second socket, two kinds of event about it). */
  deliveryId: string;
  /** The message, for its edits and its deletion; for a command the id of the command. */
  message: string;
  user: string;
  /** Plain text: markup and escapes decoded, the mention of the bot taken out. */
  text: string;
  way: Way;
  /** Written by a program, the bot itself among them. */
  isFromBot: boolean;
  /** Somebody else is mentioned at its start. */
  isToSomeoneElse: boolean;
}

/** A message that is gone. */
export interface DeletedMessage extends Omit<Place, 'thread'> {
  message: string;
  /** Whose it must be; absent = the platform has seen to that. */
  user?: string;
}

/** A button under an answer was pressed. */
export interface Press extends Place {
  /** As in `Turn.questionId`. */
  questionId: string;
  user: string;
}

export type FeedbackKind = 'up' | 'down' | 'wrong-source';

/** What people do, told to the core. Each promise comes back when it is safe on disk: acknowledge then, not earlier. */
export interface Bot {
  /** Decides, claims and queues; the answer comes later through the platform. A second telling does nothing. */
  onMessage(message: IncomingMessage): Promise<void>;
  /** The message with its new text, its `deliveryId` another one for each edit. It is answered anew in place. */
  onEdited(message: IncomingMessage): Promise<void>;
  /** Takes the answer with it. */
  onDeleted(message: DeletedMessage): Promise<void>;
  /** The Stop button: ends the answer and mutes the thread until a mention wakes it. */
  onStop(press: Press): Promise<void>;
  /** One of `Answer.choices` was pressed; a second press of the same does nothing. */
  onChoice(press: Press, choice: string): Promise<void>;
  /** The question waits for news. Gives the line that says what came of it. */
  onTellMe(press: Press): Promise<string>;
  /** The last of a user counts. Gives the line that thanks for it; absent = the answer is no longer kept. */
  onFeedback(press: Press, kind: FeedbackKind): Promise<string | undefined>;
  /** Takes away all that is kept of a user on a platform; gives the line that says so. */
  onForget(person: { platform: string; user: string }): Promise<string>;
}

/** A line for people instead of an answer, or after a part of one. */
export interface Notice {
  /** As in replies.ts, for tests and metrics; never shown. */
  code: string;
  text: string;
  /** Articles that had been found, to be shown below; [] = none. */
  citations: Citation[];
  /** Only for the one who asked, where the platform can. */
  isPrivate: boolean;
}

/** One question being answered. */
export interface Turn extends Place {
  /** Goes into the buttons, and on what is posted where the platform can hide an id: it finds the posts again. */
  questionId: string;
  user: string;
  /** The message that asked; for a command its id. */
  message: string;
  way: Way | 'choice';
  text: string;
  /** 1, and 2 or more when it is answered again: after an edit or after a process that died. */
  attempt: number;
  /**
   * Ids of messages that show this answer already, in order: they are changed, not posted again. [] with an `attempt`
   * over 1 = perhaps some were posted and not recorded: look for `questionId` before posting.
   */
  posted: string[];
  /** Aborted when somebody else took the question over, or it was deleted: show nothing more. */
  signal: AbortSignal;
  /** Whether the question is still ours to answer, in the store's eyes; ask right before each post or change. */
  mayPost(): Promise<boolean>;
  /** Records all messages that now show the answer, in order; call right after each new post. Error: `claim_lost`. */
  record(posted: string[]): Promise<void>;
}

/**
 * Shows one answer. What comes while it works returns at once and never fails: the platform throttles, joins and
 * falls back by itself, and what it could not show yet is shown by `finish`.
 */
export interface Reply {
  /** A line that replaces the last one, told again before it expires; '' wipes it. */
  status(text: string): void;
  /** A source, before the text that first uses its number. */
  citation(citation: Citation): void;
  /** The next piece of the answer. It is never taken back. */
  text(delta: string): void;
  /**
   * The whole answer with sources, facts, buttons, and `answer.choices` as buttons when it asks back. Comes back when
   * people see it. Errors: `undeliverable` (no later try will help); any other is tried again later.
   */
  finish(answer: Answer): Promise<void>;
  /** The line below what is shown already, which stays. Errors as `finish`. */
  fail(notice: Notice): Promise<void>;
}

/** What a platform is for the core. */
export interface BotPlatform {
  /** "slack"; stands in `Place.platform`. */
  readonly name: string;
  /** A status line is shown so long, in milliseconds; the core tells it again in time. Absent = for ever. */
  readonly statusLifeMs?: number | undefined;
  /** How it takes the daily digest; absent = it takes none. */
  readonly digests?: DigestPlatform | undefined;
  /** News for a question that waited, as `digests` posts it, and the channel to post it in. */
  news?(
    to: Place & { question: string; since: string },
    answer: Answer,
  ): Promise<{ channel: string; payload: string }>;
  /** Begins to hear people. */
  start(bot: Bot): Promise<void>;
  /** Hears nobody any more; answers under way can still be shown. */
  pause(): Promise<void>;
  stop(): Promise<void>;
  /** Whether it hears people at the moment; absent = from `start` to `pause`. */
  isConnected?(): boolean;
  /** Whether only the process that heard a question can show its answer; absent = any can. */
  isBoundHere?(place: Place): boolean;
  /** Called once for each try to answer; shows nothing by itself. */
  open(turn: Turn): Reply;
  /** Takes messages of the bot away; those that are gone already count as taken. */
  remove(place: Place, posted: string[]): Promise<void>;
  /** A line that belongs to no question. */
  tell(place: Place & { user: string }, notice: Notice): Promise<void>;
}
