// Several models as one: llama-servers, vLLMs, the own GPU. One fair queue in front, each answer at the model that has least
// to do, and at another one when it fails before the first text. What has begun is never written anew: a second
// beginning would not go on from the first.
import { randomUUID } from 'node:crypto';
import { BotError, describeError } from '../../../errors.js';
import type { Log } from '../../../log.js';
import { untilAborted } from '../../../until-aborted.js';
import type { CompleteOptions, LanguageModel, ServerState } from '../../ports.js';
import { createFairQueue, type Leave, type QueueOptions } from '../fair-queue.js';
import { chooseMember } from './choose-member.js';
import { createMember, isItsFault, type Member, type MemberOptions, type WatchOptions } from './member.js';
import { type RetryOptions, retrying } from './retry.js';

export interface PoolOptions extends WatchOptions {
  /** Further rounds over all members while nothing was written. */
  retries: number;
  queue: QueueOptions;
}

export interface PoolDeps {
  log: Log;
  /** Monotonic, in ms; absent = this process's. */
  now?: (() => number) | undefined;
  /** Waits before another round; absent = real time. */
  wait?: RetryOptions['wait'];
}

export type Pool = LanguageModel & {
  /** Each member, in the order given. */
  servers(): ServerState[];
  /** Answers that all that are well write side by side at most, those that are written now, and those that wait. */
  load(): { total: number; writing: number; waiting: number };
  close(): Promise<void>;
};

const LOOK_MS = 1000;
/** Threads whose last server is remembered. */
const REMEMBERED = 10_000;

/**
 * Comes back when the first member is open; the others join when they are. Errors: the signal's reason, and when none
 * opens the only member's failure, or `model_unreachable` with those of all; of a completion `model_busy` (of the queue), and what the last member asked threw.
 */
export async function openPool(
  deps: PoolDeps,
  given: MemberOptions[],
  options: PoolOptions,
  signal?: AbortSignal,
): Promise<Pool> {
  const { log, now = () => performance.now(), wait } = deps;
  const ending = new AbortController();
  const opening = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
  const queue = createFairQueue({ now }, options.queue);
  const members = given.map((one) => createMember({ log, now, onChange: settle }, one, options));
  const lastAt = new Map<string, string>();
  /** Told when a place has become free or was lost. */
  const changed: (() => void)[] = [];
  const ready = () => members.flatMap((member) => member.model() ?? []);

  function settle(): void {
    const refusal = refusalNow();
    if (refusal) {
      queue.turnAway(refusal);
    }
    // Answers under way at one that is away hold their turns, and nobody else's.
    queue.setPlaces(members.reduce((sum, member) => sum + Math.max(member.places(), member.taken()), 0));
    for (const tell of changed.splice(0)) {
      tell();
    }
  }

  /** Nobody waits for servers that are all away. */
  function refusalNow(): Error | undefined {
    const away = members.filter((member) => member.state().state === 'away');
    const failure = away.length === members.length ? away[0]?.failure() : undefined;
    return failure instanceof Error
      ? new BotError('model_unreachable', failure.message, { cause: failure })
      : undefined;
  }

  /** A turn and the member that it is at. */
  async function enter(
    asked: CompleteOptions,
    tried: Set<Member>,
  ): Promise<{ member: Member; leave: Leave }> {
    const { thread } = asked;
    let { goesOn } = asked;
    for (;;) {
      const refusal = refusalNow();
      if (refusal) {
        throw refusal;
      }
      const leave = await queue.enter({ ...asked, goesOn });
      const last = thread === undefined ? undefined : lastAt.get(thread);
      const member = chooseMember(members, { thread: thread ?? randomUUID(), last, tried });
      const isRepeat = member !== undefined && tried.has(member) && hasFresh(tried);
      if (member && !isRepeat) {
        const free = member.take();
        return {
          member,
          leave(isWhole) {
            free();
            leave(isWhole);
          },
        };
      }
      // It went away between the turn and this line, or the free place is where the question has failed: no turn of its own.
      leave(false);
      goesOn = true;
      if (isRepeat) {
        await untilAborted(new Promise<void>((resolve) => changed.push(resolve)), asked.signal);
      }
    }
  }

  const hasFresh = (tried: Set<Member>) => members.some((one) => one.places() > 0 && !tried.has(one));

  function remember(thread: string | undefined, { name }: Member): void {
    if (thread === undefined) {
      return;
    }
    lastAt.delete(thread);
    lastAt.set(thread, name);
    const [oldest] = lastAt.keys();
    if (lastAt.size > REMEMBERED && oldest !== undefined) {
      lastAt.delete(oldest);
    }
  }

  await Promise.any(members.map((member) => member.begin(opening))).catch(({ errors }: AggregateError) => {
    signal?.throwIfAborted();
    throw errors.length === 1
      ? errors[0]
      : new BotError('model_unreachable', errors.map(describeError).join('; '), { cause: errors[0] });
  });
  const timer = setInterval(() => members.forEach((member) => void member.look(ending.signal)), LOOK_MS);
  timer.unref();

  return {
    get name() {
      return [...new Set(ready().map(({ name }) => name))].join(', ');
    },
    get contextTokens() {
      return Math.min(...ready().map(({ contextTokens }) => contextTokens));
    },
    async countTokens(text) {
      const counter = members.find((member) => member.places() > 0)?.model() ?? ready()[0];
      return (counter as LanguageModel).countTokens(text);
    },

    async complete(prompt, sampling, asked) {
      let hasText = false;
      let hasHadTurn = asked.goesOn ?? false;
      const onText = (text: string) => {
        hasText = true;
        asked.onText(text);
      };
      /** One after the other, until one writes, or all that are well have failed. */
      async function round() {
        for (const tried = new Set<Member>(); ; ) {
          const { leave, member } = await enter({ ...asked, goesOn: hasHadTurn }, tried);
          hasHadTurn = true;
          let isWhole = false;
          try {
            remember(asked.thread, member);
            const written = await member.write(prompt, sampling, { ...asked, onText });
            isWhole = true;
            return written;
          } catch (error) {
            tried.add(member);
            if (hasText || asked.signal.aborted || !isItsFault(error) || !hasFresh(tried)) {
              throw error;
            }
          } finally {
            leave(isWhole);
          }
        }
      }
      const { retries } = options;
      return retrying(round, { retries, signal: asked.signal, mayRetry: () => !hasText, wait });
    },

    servers: () => members.map((member) => member.state()),
    load: () => ({
      total: members.reduce((sum, member) => sum + member.places(), 0),
      writing: queue.counts().taken,
      waiting: queue.counts().waiting,
    }),

    async close() {
      clearInterval(timer);
      const error = new BotError('model_closed', 'The program is ending.');
      queue.close(error);
      ending.abort(error);
      await Promise.all(ready().map((model) => model.close()));
    },
  };
}
