// A question taken up: whether whoever asks may, that it is done once, and what those are told who are refused, once in
// a while.
import type { Clock } from '../domain.js';
import type { Log } from '../log.js';
import { questions } from '../metrics.js';
import { type AccessOptions, createOnceInAWhile, refusalOf } from './access.js';
import type { Desk } from './desk-port.js';
import type { HashId } from './id-hash.js';
import { budgetsAt, type LimitOptions, limitNotice } from './limits.js';
import type { BotPlatform, IncomingMessage, Notice, Place } from './ports.js';
import { noticeOf } from './replies.js';
import type { BotStore, Claimed, Lease, NewQuestion } from './store-port.js';
import { placeOf } from './turn.js';

export interface TakeUpDeps {
  store: BotStore;
  desk: Desk;
  platforms: BotPlatform[];
  hashId: HashId;
  log: Log;
  clock: Clock;
  /** A lease from now on. */
  lease(): Lease;
}

export interface TakeUpOptions extends AccessOptions {
  limits: LimitOptions;
}

/** A question before it has an id. */
type Asked = Omit<NewQuestion, 'id'>;

export interface TakeUp {
  questionOf(message: Omit<IncomingMessage, 'way'> & { way: NewQuestion['way'] }): Asked;
  /** Claims it and gives it to the desk, or tells why not. */
  answer(question: Asked): Promise<void>;
  /** As `answer`, for the new text of a question; false = no question is known by this message. */
  answerAnew(question: Asked): Promise<boolean>;
  tell(to: Place & { user: string; way?: string }, notice: Notice, until: number): Promise<void>;
}

/** Characters of a question that are kept; the core reads fewer. */
const MOST_KEPT = 4000;
/** Whoever is refused for good is told again after so long. */
const TOLD_AGAIN_MS = 3_600_000;

export function createTakeUp(deps: TakeUpDeps, options: TakeUpOptions): TakeUp {
  const { clock, desk, hashId, platforms, store } = deps;
  const mayTell = createOnceInAWhile(() => clock().getTime());

  async function tell(
    to: Place & { user: string; way?: string },
    notice: Notice,
    until: number,
  ): Promise<void> {
    const isAwaited = to.way === 'command' || to.way === 'shortcut';
    const key = hashId(notice.code, to.platform, to.tenant, to.channel, to.user);
    if (mayTell(key, until) || isAwaited) {
      const platform = platforms.find(({ name }) => name === to.platform);
      await platform?.tell({ ...placeOf(to), user: to.user }, notice);
    }
  }

  /** Takes up what was claimed; tells what was not. */
  async function follow(claimed: Claimed, question: Asked, lease: Lease): Promise<void> {
    if (claimed.kind === 'ours') {
      questions.inc({ platform: question.platform });
      deps.log.info(
        { question: claimed.id, platform: question.platform, way: question.way },
        'question taken up',
      );
      desk.take({
        ...question,
        ...{ id: claimed.id, epoch: claimed.epoch, askedAt: lease.now, until: lease.until },
        ...{ posted: [], tries: 0, isToRemove: false, earlier: [] },
      });
    } else if (claimed.kind === 'spent') {
      const { notice, until } = limitNotice(claimed, options.limits, clock());
      await tell(question, notice, until);
    }
  }

  /** False = refused, and told. */
  async function mayAsk(question: Asked): Promise<boolean> {
    const { way } = question;
    const code = refusalOf({ ...question, way: way === 'choice' ? 'mention' : way }, options);
    // Whoever only wrote in a thread did not ask us, as far as we can know.
    if (code && way !== 'seen') {
      await tell(question, noticeOf(code), clock().getTime() + TOLD_AGAIN_MS);
    }
    return code === undefined;
  }

  function questionOf(message: Omit<IncomingMessage, 'way'> & { way: NewQuestion['way'] }): Asked {
    const { deliveryId, platform, tenant, user } = message;
    return {
      ...placeOf(message),
      delivery: hashId(platform, tenant, deliveryId),
      message: message.message,
      way: message.way,
      user,
      userKey: hashId(platform, tenant, user),
      text: message.text.trim().slice(0, MOST_KEPT),
    };
  }

  /** One asking that comes over several sockets at once costs the store one look. */
  const beingTaken = new Map<string, Promise<void>>();

  function answer(question: Asked): Promise<void> {
    const known = beingTaken.get(question.delivery);
    if (known) {
      return known;
    }
    const taking = take(question).finally(() => beingTaken.delete(question.delivery));
    beingTaken.set(question.delivery, taking);
    return taking;
  }

  async function take(question: Asked): Promise<void> {
    if (await mayAsk(question)) {
      const lease = deps.lease();
      const budgets = budgetsAt(clock(), options.limits);
      const claimed = await store.claim({ ...question, id: question.delivery }, lease, budgets);
      // Told again, a mention from before "stop" wakes nothing.
      if (claimed.kind !== 'known' && question.way !== 'seen') {
        await store.wake(placeOf(question));
      }
      await follow(claimed, question, lease);
    }
  }

  async function answerAnew(question: Asked): Promise<boolean> {
    if (!(await mayAsk(question))) {
      return true;
    }
    const lease = deps.lease();
    const claimed = await store.reopen(question, lease, budgetsAt(clock(), options.limits));
    await follow(claimed, question, lease);
    return claimed.kind !== 'unknown';
  }

  return { questionOf, answer, answerAnew, tell };
}
