// Who has the next turn at a model that can write a few answers at once: one question of each person in turn, so
// that somebody who asks ten does not keep the others waiting. Bounded in number and in time; nobody waits
// without being told how long.
import { BotError } from '../../errors.js';
import type { CompleteOptions } from '../ports.js';
import { inOrder, type Turn } from './turn-order.js';

export interface QueueOptions {
  /** Questions that wait at most (32); the next one is told `model_busy`. */
  most: number;
  /** Of one person, waiting and being answered together (3). */
  perUser: number;
  /** Longest wait before `model_busy` is told (120). */
  timeoutSeconds: number;
}

/**
 * Gives the turn back; a second call does nothing. One that was cut short (`isWhole` false: stopped, or the process
 * ended) says nothing about how long a turn lasts.
 */
export type Leave = (isWhole: boolean) => void;

export interface FairQueue {
  /**
   * Comes back when it is this question's turn. Errors: `model_busy` (too many wait, too many of this person, or
   * it waited too long), what `close` was given, and the signal's reason.
   */
  enter(who: Pick<CompleteOptions, 'signal' | 'user' | 'onWait' | 'goesOn' | 'isBrief'>): Promise<Leave>;
  /** Answers at once from now on; 0 = nobody's turn comes. */
  setPlaces(count: number): void;
  /** Sends all who wait away. */
  turnAway(error: Error): void;
  /** Turned away with it: everybody who comes from now on. */
  close(error: Error): void;
  counts(): { taken: number; waiting: number };
}

interface Waiting extends Turn {
  /** What was told last. */
  ahead: number;
  onWait: CompleteOptions['onWait'];
  admit: () => void;
  reject: (error: unknown) => void;
}

/** People without an id share one turn. */
const STRANGER = '';
/** Turns whose length the estimate rests on. */
const RECENT_TURNS = 20;

/** `now` in milliseconds. */
export function createFairQueue(deps: { now: () => number }, options: QueueOptions): FairQueue {
  let places = 0;
  let taken = 0;
  let closed: Error | undefined;
  let waiting: Waiting[] = [];
  /** Users in the order in which their last turn came; a new one stands before all. */
  let lastTurns: string[] = [];
  const holding = new Map<string, number>();
  const turnLengths: number[] = [];

  function admitNext(): void {
    while (taken < places && waiting.length > 0) {
      const [next] = inOrder(waiting, lastTurns) as [Waiting];
      waiting = waiting.filter((one) => one !== next);
      next.admit();
    }
    for (const [ahead, one] of inOrder(waiting, lastTurns).entries()) {
      if (one.ahead !== ahead) {
        one.ahead = ahead;
        one.onWait?.({ ahead, seconds: secondsUntil(ahead) });
      }
    }
  }

  function secondsUntil(ahead: number): number | undefined {
    if (turnLengths.length === 0 || places === 0) {
      return undefined;
    }
    const mean = turnLengths.reduce((sum, length) => sum + length, 0) / turnLengths.length;
    return Math.max(1, Math.ceil((mean * (ahead + 1)) / places / 1000));
  }

  function take(user: string, isBrief: boolean): Leave {
    taken += 1;
    holding.set(user, (holding.get(user) ?? 0) + 1);
    lastTurns = [...lastTurns.filter((one) => one !== user), user];
    const from = deps.now();
    let isLeft = false;
    return (isWhole) => {
      if (isLeft) {
        return;
      }
      isLeft = true;
      taken -= 1;
      const held = (holding.get(user) ?? 1) - 1;
      if (held > 0) {
        holding.set(user, held);
      } else {
        holding.delete(user);
      }
      if (isWhole && !isBrief) {
        turnLengths.push(deps.now() - from);
        turnLengths.splice(0, turnLengths.length - RECENT_TURNS);
      }
      forgetTheIdle();
      admitNext();
    };
  }

  /** Only those who wait have to be told apart by their last turn. */
  function forgetTheIdle(): void {
    const present = new Set([...holding.keys(), ...waiting.map(({ user }) => user)]);
    lastTurns = lastTurns.filter((user) => present.has(user));
  }

  function refuse(user: string, goesOn: boolean): void {
    if (closed) {
      throw closed;
    }
    if (goesOn) {
      return;
    }
    const own = (holding.get(user) ?? 0) + waiting.filter((one) => one.user === user).length;
    if (user !== STRANGER && own >= options.perUser) {
      throw new BotError(
        'model_busy',
        `You have ${own} questions here that are not answered yet. Ask again when one of them is.`,
      );
    }
    if ((places === 0 || taken >= places) && waiting.length >= options.most) {
      throw new BotError(
        'model_busy',
        `Busy: ${waiting.length} questions are waiting. Ask again in a minute.`,
      );
    }
  }

  function turnAway(error: Error): void {
    for (const one of [...waiting]) {
      one.reject(error);
    }
  }

  return {
    async enter({ goesOn = false, isBrief = false, onWait, signal, user = STRANGER }) {
      signal.throwIfAborted();
      refuse(user, goesOn);
      return new Promise<Leave>((resolve, reject) => {
        const timer = setTimeout(tooLong, options.timeoutSeconds * 1000);
        const settle = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', giveUp);
        };
        const one: Waiting = {
          user,
          goesOn,
          ahead: -1,
          onWait,
          admit: () => {
            settle();
            resolve(take(user, isBrief));
          },
          reject: (error) => {
            settle();
            waiting = waiting.filter((other) => other !== one);
            reject(error);
          },
        };
        function giveUp() {
          one.reject(signal.reason);
          admitNext();
        }
        function tooLong() {
          const waited = `It was not your question's turn within ${options.timeoutSeconds} s`;
          one.reject(new BotError('model_busy', `${waited}: the model is busy. Ask again in a minute.`));
          admitNext();
        }
        signal.addEventListener('abort', giveUp);
        waiting.push(one);
        admitNext();
      });
    },
    setPlaces(count) {
      places = count;
      admitNext();
    },
    turnAway,
    close(error) {
      closed = error;
      turnAway(error);
    },
    counts: () => ({ taken, waiting: waiting.length }),
  };
}
