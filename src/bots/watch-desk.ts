// "Tell me when there is news about it": a question that could not be answered waits in its thread, for two weeks at most.
import type { Answer } from '../domain.js';
import type { HashId } from './id-hash.js';
import type { Place, Press } from './ports.js';

interface WaitingQuestion extends Place {
  id: string;
  question: string;
  /** ISO 8601. */
  until: string;
}

export interface WatchDesk {
  /** Gives the line that says what came of it. */
  add(press: Press): Promise<string>;
}

export interface WatchDeskDeps {
  store: {
    put(
      watch: WaitingQuestion & { userKey: string; earlier: string[]; since: string; askedAt: string },
      most: { ofUser: number; ofChannel: number },
      now: string,
    ): Promise<'new' | 'known' | 'full' | 'crowded'>;
  };
  /** Undefined = the question is not kept any more. */
  askedOf(
    questionId: string,
  ): Promise<(Place & { text: string; earlier: string[]; askedAt: string }) | undefined>;
  hashId: HashId;
  /** The real time, and that of the news. */
  clock(): Date;
  newsClock(): Date;
}

/** Stands before the question that the news are for. */
export const NEWS_FOR = 'There is news for the question:';
export const TELL_ME = 'Tell me when there is news about it';
const DAYS = 14;
const DAY_MS = 86_400_000;
/** Who presses a button of last month waits for what comes, and does not have a month looked through. */
const MOST_LATE_MS = DAY_MS;
const MOST_OF_USER = 10;
const MOST_OF_CHANNEL = 50;

/** Whether an answer offers it: the question is one for us, and there is too little to answer it. */
export function offersNews({ abstained, choices, refused, verdict }: Answer): boolean {
  return abstained && (verdict === 'not-enough' || refused === 'doubtful') && !choices;
}

export function createWatchDesk({ askedOf, clock, hashId, newsClock, store }: WatchDeskDeps): WatchDesk {
  return {
    async add({ channel: pressedIn, platform, questionId, tenant, user }) {
      const asked = await askedOf(questionId);
      const isHere = asked?.platform === platform && asked.tenant === tenant && asked.channel === pressedIn;
      if (!asked || !isHere) {
        return 'That question is not kept any more. Ask it again.';
      }
      const { channel, earlier, text: question, thread } = asked;
      const place = { platform, tenant, channel, thread };
      const now = clock();
      const lateMs = Math.min(now.getTime() - Date.parse(asked.askedAt), MOST_LATE_MS);
      const askedAt = new Date(now.getTime() - lateMs).toISOString();
      const outcome = await store.put(
        {
          ...{ id: hashId('watch', platform, tenant, channel, thread, question).slice(0, 16), ...place },
          ...{ userKey: hashId(platform, tenant, user), question, earlier, askedAt },
          ...{
            since: new Date(newsClock().getTime() - lateMs).toISOString(),
            until: new Date(now.getTime() + DAYS * DAY_MS).toISOString(),
          },
        },
        { ofUser: MOST_OF_USER, ofChannel: MOST_OF_CHANNEL },
        now.toISOString(),
      );
      return LINES[outcome];
    },
  };
}

const LINES = {
  new: `I look at what comes in and tell this thread once, within ${DAYS} days.`,
  known: 'This thread is told already when there is news about it.',
  full: `You wait for news about ${MOST_OF_USER} questions already, which is all I take.`,
  crowded: `This channel waits for news about ${MOST_OF_CHANNEL} questions already, which is all I take.`,
};
