// What the bot core needs of a store. Whatever this promises holds between any number of processes on one store:
// a question belongs to one of them at a time (owner and epoch, until its lease runs out), and what a former owner
// still writes is refused.
import type { Answer, Citation, Passage } from '../domain.js';
import type { DeletedMessage, FeedbackKind, Place, Turn } from './ports.js';

/** Who answers a question; the epoch rises each time that it is taken up. */
export interface Hold {
  owner: string;
  epoch: number;
}

/** How long a question is held, from a clock that all owners share. ISO 8601. */
export interface Lease {
  owner: string;
  now: string;
  until: string;
}

/** How many questions are allowed from `since` on. */
export interface Budget {
  scope: 'user' | 'channel' | 'tenant' | 'all';
  most: number;
  since: string;
}

/** A question as somebody asks it. */
export interface NewQuestion extends Place {
  id: string;
  /** Hash of the delivery: the same = the same asking. */
  delivery: string;
  message: string;
  way: Turn['way'];
  user: string;
  /** Hash of the user: what limits, feedback and forgetting go by. */
  userKey: string;
  text: string;
}

/** A question that is to be answered; its answer is not known to be complete. */
export interface PendingQuestion extends Place {
  id: string;
  epoch: number;
  message: string;
  /** As it was given. */
  way: string;
  user: string;
  userKey: string;
  text: string;
  askedAt: string;
  posted: string[];
  /** Taken over so many times since it was asked: from processes that died or could not show it. */
  tries: number;
  /** Its message was deleted: nothing is to be answered, and what is posted must go. */
  isToRemove: boolean;
  /** Earlier questions of the thread, oldest first. */
  earlier: string[];
}

export type Claimed =
  | { kind: 'ours'; id: string; epoch: number }
  /** It was taken up before, or the same words are being answered in the same thread. */
  | { kind: 'known' }
  /** Only of an edit: no question is known by this message. */
  | { kind: 'unknown' }
  /** The budget is spent until the one asked at `oldest` leaves it. */
  | { kind: 'spent'; budget: Budget; oldest: string };

/** How a question ended, for good. */
export type Ending = 'answered' | 'failed' | 'stopped' | 'undeliverable' | 'removed';

/** What is kept of an answer: the thread's memory, and what feedback is about. */
export interface KeptAnswer {
  text: string;
  verdict: Answer['verdict'];
  citations: Citation[];
  passages: Pick<Passage, 'id' | 'url' | 'title' | 'publisher' | 'publishedAt'>[];
  generator: string;
}

export interface BotStore {
  /** Takes up a question once, within all budgets. */
  claim(question: NewQuestion, lease: Lease, budgets: Budget[]): Promise<Claimed>;
  /** Takes up something that is no question, once; true = now. It spends no budget. */
  once(
    delivery: Pick<NewQuestion, 'delivery' | 'userKey' | 'platform' | 'tenant' | 'channel'>,
    at: string,
  ): Promise<boolean>;
  /** Takes up a question again with another text, whoever answers it at the moment. */
  reopen(question: Omit<NewQuestion, 'id'>, lease: Lease, budgets: Budget[]): Promise<Claimed>;
  /** Takes up the removal of an answer; undefined = no question is known by this message. */
  remove(
    message: Omit<DeletedMessage, 'user'> & { userKey?: string | undefined },
    lease: Lease,
  ): Promise<PendingQuestion | undefined>;
  /** Undefined = it is not ours any more. */
  load(id: string, hold: Hold): Promise<PendingQuestion | undefined>;
  /** Whether it is still ours. */
  holds(id: string, hold: Hold): Promise<boolean>;
  /** `gone` = its message was deleted; `lost` gives what the present owner knows to be posted. */
  record(
    id: string,
    hold: Hold,
    posted: string[],
  ): Promise<{ kind: 'ours' | 'gone' } | { kind: 'lost'; posted: string[] }>;
  /** Ends it, with the answer where there is one. False = it is not ours any more. */
  settle(id: string, hold: Hold, ending: Ending, at: string, answer?: KeptAnswer): Promise<boolean>;
  /** Gives it back: nobody takes it up before `until`. */
  postpone(id: string, hold: Hold, until: string): Promise<void>;
  /** Holds all that the owner has on; gives them, with whether they are to be stopped. */
  renew(lease: Lease): Promise<{ id: string; epoch: number; isToStop: boolean }[]>;
  /** Takes over up to `limit` questions of these platforms whose owner died or let them run out, the oldest first. */
  takeOver(
    lease: Lease,
    platforms: string[],
    limit: number,
    isGone: (owner: string) => boolean,
  ): Promise<PendingQuestion[]>;
  /** It has no slot here yet, and may be taken by another process that has one. */
  waits(id: string, hold: Hold): Promise<void>;
  /**
   * It is answered here from now on. `later` = an earlier question of its thread is held by a process, ours or another,
   * whose lease has not run out at `now`; `lost` = it is not ours any more.
   */
  begins(id: string, hold: Hold, now: string): Promise<'here' | 'later' | 'lost'>;
  /** Takes up to `limit` questions of these platforms that wait in other processes, the oldest first. */
  takeWaiting(lease: Lease, platforms: string[], limit: number): Promise<PendingQuestion[]>;

  thread(place: Place): Promise<{ isOurs: boolean; isMuted: boolean }>;
  /** False = it was silenced already. */
  mute(place: Place, at: string): Promise<boolean>;
  wake(place: Place): Promise<void>;
  /** Tells every owner of a question of the thread to stop; false = nothing is being answered there. */
  stopThread(place: Place): Promise<boolean>;

  /** The last of a user counts. False = the answer is not kept any more. */
  putFeedback(questionId: string, userKey: string, kind: FeedbackKind, at: string): Promise<boolean>;
  /** Forgets questions, answers, feedback and mutes from before, but for what is still to be answered. */
  forgetBefore(time: string): Promise<number>;
  /** Every platform and tenant that somebody was heard on. */
  tenants(): Promise<{ platform: string; tenant: string }[]>;
  /** Forgets all that is kept of a user by these keys, also what is under way; `others` = feedback and what waits for news. */
  forgetUser(userKeys: string[]): Promise<{ questions: number; others: number }>;
}
