// What people do, decided: whether it is for the bot, whether they may, and that it is done once. What is to be
// answered goes to the desk; whoever is refused is told so, once in a while.
import type { Clock } from '../domain.js';
import { BotError } from '../errors.js';
import { type AccessOptions, createOnceInAWhile, refusalOf } from './access.js';
import type { Desk } from './desk.js';
import type { HashId } from './id-hash.js';
import { budgetsAt, type LimitOptions, limitNotice } from './limits.js';
import { asksStill, mannerOf } from './manners.js';
import type { Bot, BotPlatform, IncomingMessage, Notice, Place, Press } from './ports.js';
import { noticeOf, thanksFor } from './replies.js';
import type { BotStore, Claimed, Lease, NewQuestion } from './store-port.js';
import { placeOf } from './turn.js';

export interface IntakeDeps {
  store: BotStore;
  desk: Desk;
  platforms: BotPlatform[];
  hashId: HashId;
  clock: Clock;
  /** A lease from now on. */
  lease(): Lease;
}

export interface IntakeOptions extends AccessOptions {
  limits: LimitOptions;
}

/** Characters of a question that are kept; the core reads fewer. */
const MOST_KEPT = 4000;
/** Whoever is refused for good is told again after so long. */
const TOLD_AGAIN_MS = 3_600_000;

/** `hasEnded` = nothing is taken up any more: what is delivered then is delivered again, to another process. */
export function createIntake(deps: IntakeDeps, options: IntakeOptions, hasEnded: () => boolean): Bot {
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
  async function follow(claimed: Claimed, question: Omit<NewQuestion, 'id'>, lease: Lease): Promise<void> {
    if (claimed.kind === 'ours') {
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
  async function mayAsk(question: Omit<NewQuestion, 'id'>): Promise<boolean> {
    const { channel, user, way } = question;
    const code = refusalOf({ channel, user, way: way === 'choice' ? 'mention' : way }, options);
    // Whoever only wrote in a thread did not ask us, as far as we can know.
    if (code && way !== 'seen') {
      await tell(question, noticeOf(code), clock().getTime() + TOLD_AGAIN_MS);
    }
    return code === undefined;
  }

  function questionOf(
    message: Omit<IncomingMessage, 'way'> & { way: NewQuestion['way'] },
  ): Omit<NewQuestion, 'id'> {
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

  async function answer(question: Omit<NewQuestion, 'id'>): Promise<void> {
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

  async function silence(place: Place & { user: string }): Promise<void> {
    const isNew = await store.mute(placeOf(place), clock().toISOString());
    // Whoever sees "Stopped." need not be told more.
    if (!(await stop(place)) && isNew) {
      await tell(place, noticeOf('muted'), 0);
    }
  }

  async function stop(place: Place): Promise<boolean> {
    const isElsewhere = await store.stopThread(placeOf(place));
    return desk.stop(place) || isElsewhere;
  }

  /** Errors: `restarting`. */
  function checkOpen(): void {
    if (hasEnded()) {
      throw new BotError(
        'restarting',
        'the bots are being stopped; another process, or this one later, takes it up',
      );
    }
  }

  async function onMessage(message: IncomingMessage): Promise<void> {
    const manner = mannerOf(message);
    if (manner === 'ignore') {
      return;
    }
    checkOpen();
    const thread = manner.endsWith('own-thread') ? await store.thread(placeOf(message)) : undefined;
    if (thread && (!thread.isOurs || thread.isMuted)) {
      return;
    }
    if (manner.startsWith('answer')) {
      await answer(questionOf(message));
      return;
    }
    if (await store.once(questionOf(message), clock().toISOString())) {
      await (manner === 'stop' ? stop(message) : silence(message));
    }
  }

  return {
    onMessage,

    async onEdited(message) {
      if (!asksStill(message)) {
        return;
      }
      checkOpen();
      const question = questionOf(message);
      if (!(await mayAsk(question))) {
        return;
      }
      const lease = deps.lease();
      const claimed = await store.reopen(question, lease, budgetsAt(clock(), options.limits));
      await (claimed.kind === 'unknown' ? onMessage(message) : follow(claimed, question, lease));
    },

    async onDeleted(message) {
      checkOpen();
      const lease = deps.lease();
      const removal = await store.remove(message, lease);
      if (removal) {
        desk.take({ ...removal, until: lease.until });
      }
    },

    async onStop(press) {
      await silence(press);
    },

    async onChoice(press, choice) {
      checkOpen();
      const name = hashId('choice', press.questionId, choice);
      const message = { ...press, text: choice, way: 'choice' as const, deliveryId: name, message: name };
      await answer(questionOf({ ...message, isFromBot: false, isToSomeoneElse: false }));
    },

    async onFeedback({ platform, questionId, tenant, user }: Press, kind) {
      const userKey = hashId(platform, tenant, user);
      const isKept = await store.putFeedback(questionId, userKey, kind, clock().toISOString());
      return isKept ? thanksFor(kind) : undefined;
    },
  };
}
