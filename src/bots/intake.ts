// What people do, decided: whether it is for the bot, and what is done about it.
import { BotError } from '../errors.js';
import { refusalOf } from './access.js';
import { forgetPerson, forgottenLine } from './forget.js';
import { asksStill, mannerOf } from './manners.js';
import type { Bot, IncomingMessage, Place, Press } from './ports.js';
import { noticeOf, thanksFor } from './replies.js';
import { createTakeUp, type TakeUpDeps, type TakeUpOptions } from './take-up.js';
import { placeOf } from './turn.js';
import type { WatchDesk } from './watch-desk.js';

/** `hasEnded` = nothing is taken up any more: what is delivered then is delivered again, to another process. */
export function createIntake(
  deps: TakeUpDeps & { watches?: WatchDesk | undefined },
  options: TakeUpOptions,
  hasEnded: () => boolean,
): Bot {
  const { clock, desk, hashId, store } = deps;
  const { answer, answerAnew, questionOf, tell } = createTakeUp(deps, options);

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
      if (!(await answerAnew(questionOf(message)))) {
        await onMessage(message);
      }
    },

    async onDeleted(message) {
      checkOpen();
      const lease = deps.lease();
      const { platform, tenant, user } = message;
      const userKey = user === undefined ? undefined : hashId(platform, tenant, user);
      const removal = await store.remove({ ...message, userKey }, lease);
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

    async onTellMe(press) {
      const refusal = refusalOf({ ...press, way: 'mention' }, options);
      return refusal
        ? noticeOf(refusal).text
        : ((await deps.watches?.add(press)) ?? noticeOf('no_watches').text);
    },

    async onFeedback({ platform, questionId, tenant, user }: Press, kind) {
      const userKey = hashId(platform, tenant, user);
      const isKept = await store.putFeedback(questionId, userKey, kind, clock().toISOString());
      return isKept ? thanksFor(kind) : undefined;
    },

    async onForget({ platform, user }) {
      return forgottenLine(await forgetPerson(store, hashId, user, platform));
    },
  };
}
