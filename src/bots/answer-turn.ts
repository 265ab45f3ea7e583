// From a question that is ours to its end in the store: opened on its platform, answered or apologised for, shown, and
// settled. What cannot be shown now is given back, to be tried again later by whoever is free; at last it is given up.
import type { Answer, Ask, Clock } from '../domain.js';
import { BotError, describeError, isBotError } from '../errors.js';
import type { Log } from '../log.js';
import { answerTimes, questionEnds } from '../metrics.js';
import { firstOf } from './first-of.js';
import { handleQuestion } from './handle-question.js';
import type { BotPlatform, Place, Reply } from './ports.js';
import { noticeOf } from './replies.js';
import type { StatusLine } from './status-line.js';
import type { BotStore, Ending, KeptAnswer } from './store-port.js';
import type { Timers } from './timers.js';
import { type Held, letGo, placeOf, threadKey, turnOf } from './turn.js';
import { whileHeld } from './while-held.js';

export interface AnswerTurnDeps {
  ask: Ask;
  /** Articles behind what the bot itself began the thread with, a digest; [] = it did not. Absent = it never does. */
  articlesOf?: ((place: Place) => Promise<string[]>) | undefined;
  store: Pick<BotStore, 'load' | 'holds' | 'record' | 'settle' | 'postpone'>;
  log: Log;
  /** The real time: leases are about processes, not about news. */
  clock: Clock;
  timers: Timers;
}

interface Opened {
  reply: Reply;
}

/** A platform that has not shown an answer by then is tried again later. */
const SHOW_MS = 90_000;
/** Tried so often to answer; then only to apologise, as a question may be what ends the process. */
const MOST_ANSWER_TRIES = 2;
const MOST_TRIES = 6;
/** An answer that comes later than this answers nobody. */
const LATEST_ANSWER_MS = 3_600_000;
const FIRST_PAUSE_MS = 15_000;

export function createAnswerTurn(deps: AnswerTurnDeps, { answerSeconds }: { answerSeconds: number }) {
  const { ask, clock, log, store, timers } = deps;

  /** Opens the reply, or takes the answer away; undefined = there is nothing to answer. */
  async function open(held: Held, platform: BotPlatform): Promise<Opened | undefined> {
    const { hold, question } = held;
    // What showed it before may have posted since it was taken up.
    const fresh = hold.epoch > 1 ? await store.load(question.id, hold) : question;
    if (!fresh) {
      return undefined;
    }
    held.question = fresh;
    if (fresh.tries > MOST_TRIES) {
      log.warn({ question: fresh.id }, 'question given up: every try to answer it failed');
      await store.settle(fresh.id, hold, 'undeliverable', clock().toISOString());
      return undefined;
    }
    if (!fresh.isToRemove) {
      return { reply: withDeadline(platform.open(turnOf(deps, held, platform)), held, timers) };
    }
    await ending(held, async () => {
      await platform.remove(placeOf(fresh), fresh.posted);
      return { ending: 'removed' };
    });
    return undefined;
  }

  async function answer(
    held: Held,
    { reply }: Opened,
    line: StatusLine,
    onWritten: () => void,
  ): Promise<void> {
    const { hold, question, work } = held;
    const stopWaiting = timers.after(answerSeconds * 1000, () =>
      work.abort(new BotError('answer_timeout', `no answer within ${answerSeconds} s`)),
    );
    await ending(held, async () => {
      const present = await store.load(question.id, hold);
      if (!present) {
        return undefined;
      }
      const { askedAt, earlier, id, text, tries, userKey } = present;
      if (tries > MOST_ANSWER_TRIES || clock().getTime() - Date.parse(askedAt) > LATEST_ANSWER_MS) {
        onWritten();
        await reply.fail(noticeOf('restarted'));
        return { ending: 'failed', code: 'restarted' };
      }
      const articles = (await deps.articlesOf?.(placeOf(present))) ?? [];
      return handleQuestion(
        { ask: articles.length > 0 ? firstOf(ask, articles) : ask, log, seconds: answerSeconds },
        {
          question: { id, text, earlier, user: userKey, thread: threadKey(present) },
          reply,
          status: line.say,
          signal: work.signal,
          onWritten() {
            stopWaiting();
            line.end();
            onWritten();
          },
        },
      );
    });
    stopWaiting();
    onWritten();
  }

  async function refuse(held: Held, { reply }: Opened, waiting: number): Promise<void> {
    await ending(held, async () => {
      await reply.fail(noticeOf('busy', { count: waiting }));
      return { ending: 'failed', code: 'busy' };
    });
  }

  /** Settles what `work` came to; gives it back when it could not be shown. Never rejects. */
  async function ending(
    held: Held,
    work: () => Promise<
      { ending: Ending; code?: string | undefined; answer?: Answer | undefined } | undefined
    >,
  ): Promise<void> {
    const { hold, question, show } = held;
    const { id, platform, tries } = question;
    const about = { question: id, platform, tries };
    try {
      const result = await work();
      if (result) {
        const { answer: found, code, ending: how } = result;
        const answer = found && kept(found);
        await whileHeld(held, deps, () => store.settle(id, hold, how, clock().toISOString(), answer));
        const ms = clock().getTime() - Date.parse(question.askedAt);
        questionEnds.inc({ platform, ending: how, code: code ?? '' });
        answerTimes.observe({ platform, ending: how }, ms / 1000);
        log.info({ ...about, ending: how, code, ms }, 'question ended');
      }
    } catch (error) {
      if (show.signal.aborted || isBotError(error, 'claim_lost')) {
        log.debug({ ...about, why: describeError(error) }, 'question dropped here');
        return;
      }
      letGo(held, new BotError('claim_lost', 'it could not be shown and was given back'));
      if (isBotError(error, 'undeliverable') || tries >= MOST_TRIES) {
        log.warn({ ...about, why: describeError(error) }, 'answer given up: it cannot be shown');
        questionEnds.inc({ platform, ending: 'undeliverable', code: '' });
        await untilStrayed(id, () => store.settle(id, hold, 'undeliverable', clock().toISOString()));
        return;
      }
      const known = isBotError(error) && { code: error.code, why: describeError(error) };
      log.warn({ ...about, ...(known || { err: error }) }, 'answer could not be shown yet');
      const until = new Date(clock().getTime() + FIRST_PAUSE_MS * 2 ** tries).toISOString();
      await untilStrayed(id, () => store.postpone(id, hold, until));
    }
  }

  /** A store that is away holds the question in our name: the upkeep finds it there, not on here, and gives it back. */
  async function untilStrayed(question: string, write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      log.warn({ question, why: describeError(error) }, 'a question is given back later');
    }
  }

  return { open, answer, refuse };
}

/** A reply whose last words fail when they take too long. */
function withDeadline(reply: Reply, held: Held, timers: Timers): Reply {
  const within = (showing: Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const cancel = timers.after(SHOW_MS, () =>
        reject(new BotError('platform_timeout', `not shown within ${SHOW_MS / 1000} s`)),
      );
      const lost = () => reject(held.show.signal.reason);
      held.show.signal.addEventListener('abort', lost, { once: true });
      void showing.then(resolve, reject).finally(() => {
        cancel();
        held.show.signal.removeEventListener('abort', lost);
      });
    });
  return {
    status: (text) => reply.status(text),
    citation: (citation) => reply.citation(citation),
    text: (delta) => reply.text(delta),
    finish: (answer) => within(reply.finish(answer)),
    fail: (notice) => within(reply.fail(notice)),
  };
}

/** What is kept of an answer. */
function kept({ citations, generator, retrieved, text, verdict }: Answer): KeptAnswer {
  const passages = retrieved.map(({ id, publishedAt, publisher, title, url }) => ({
    ...{ id, url, title, publisher, publishedAt },
  }));
  return { text, verdict, citations, passages, generator };
}
