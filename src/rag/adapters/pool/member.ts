// One of the models that share the questions: whether it may be asked now, how much it has to do, and what it failed with.
import { BotError, describeError, isBotError } from '../../../errors.js';
import type { Log } from '../../../log.js';
import { modelAnswers } from '../../../metrics.js';
import type { CompleteOptions, LanguageModel, Prompt, Sampling, ServerState } from '../../ports.js';
import { type BreakerOptions, createBreaker } from './breaker.js';
import type { Choosable } from './choose-member.js';

/** A model as a pool needs it. */
export type PooledModel = LanguageModel & {
  /** Answers that it writes side by side; absent = it does not say. */
  places?: number | undefined;
  /** Throws when it cannot answer now; costs next to nothing. */
  check(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

export interface MemberOptions {
  /** Short and unique: it stands in metrics and on health pages. */
  name: string;
  /** Answers at once; absent = as many as it says, else `limit` of the pool. */
  limit?: number | undefined;
  open(signal: AbortSignal): Promise<PooledModel>;
}

export interface Member extends Choosable {
  model(): PooledModel | undefined;
  state(): ServerState;
  failure(): unknown;
  /** Opens it for the first time. Throws when it does not open; it is tried again by `look`. */
  begin(signal: AbortSignal): Promise<void>;
  /** Checks it where that is due: its health now and then, and whether one that is away is back. Never rejects. */
  look(signal: AbortSignal): Promise<void>;
  /** Takes a place, which `write` needs; gives what gives it back. */
  take(): () => void;
  /** As the model's own. Moved away before its first text, it throws what befell the server. */
  write(prompt: Prompt, sampling: Sampling, options: CompleteOptions): ReturnType<LanguageModel['complete']>;
}

export interface WatchOptions extends BreakerOptions {
  /** Between two checks of one that is well, in ms. */
  checkMs: number;
  /** Answers at once of a model that says nothing about it. */
  limit: number;
}

/** The question's fault, which another server would find as well; and a closed program. */
const NOT_ITS_FAULT = new Set(['prompt_too_long', 'model_bad_request', 'model_closed']);

export const isItsFault = (error: unknown): error is BotError =>
  isBotError(error) && !NOT_ITS_FAULT.has(error.code);

/** `now` is monotonic, in ms; `onChange` is called when it may take more or fewer questions. */
export function createMember(
  deps: { log: Log; now: () => number; onChange: () => void },
  { limit, name, open }: MemberOptions,
  options: WatchOptions,
): Member {
  const { log, now, onChange } = deps;
  const breaker = createBreaker(now, options);
  /** One for each answer that has no text yet. */
  const silent = new Set<AbortController>();
  let model: PooledModel | undefined;
  let taken = 0;
  let failure: unknown;
  /** After a rest: whether it has answered a check. */
  let isBack = false;
  let isLooking = false;
  let checkedAt = now();

  const limitOf = () => limit ?? model?.places ?? options.limit;

  function fail(error: unknown, how: 'failed' | 'trip' = 'failed'): void {
    const before = breaker.state();
    failure = error;
    breaker[how]();
    if (breaker.state() === 'open' && before !== 'open') {
      isBack = false;
      log[before === 'closed' ? 'warn' : 'debug'](
        { server: name, err: error },
        'a model server is left alone',
      );
      for (const one of silent) {
        one.abort(new BotError('model_unreachable', `${name} is away: ${describeError(error)}`));
      }
    }
    onChange();
  }

  function state(): ServerState['state'] {
    if (breaker.state() === 'closed') {
      return model ? 'ready' : 'opening';
    }
    return breaker.state() === 'half-open' && isBack ? 'trial' : 'away';
  }

  async function begin(signal: AbortSignal): Promise<void> {
    try {
      model = await open(signal);
      onChange();
    } catch (error) {
      fail(error, 'trip');
      throw error;
    }
  }

  return {
    name,
    places: () => ({ opening: 0, away: 0, trial: 1, ready: limitOf() })[state()],
    taken: () => taken,
    model: () => model,
    failure: () => failure,
    state: () => ({
      name,
      state: state(),
      limit: limitOf(),
      writing: taken,
      failure: failure === undefined ? undefined : describeError(failure),
    }),
    begin,

    async look(signal) {
      const isDue =
        state() === 'away' ? breaker.state() === 'half-open' : now() - checkedAt >= options.checkMs;
      if (isLooking || !isDue || state() === 'opening') {
        return;
      }
      isLooking = true;
      try {
        if (model) {
          await model.check(signal);
        } else {
          model = await open(signal);
        }
        checkedAt = now();
        if (state() === 'away') {
          isBack = true;
          log.info({ server: name }, 'a model server answers again');
        }
        onChange();
      } catch (error) {
        if (!signal.aborted) {
          fail(error);
        }
      } finally {
        isLooking = false;
      }
    },

    take() {
      taken += 1;
      return () => {
        taken -= 1;
        onChange();
      };
    },

    async write(prompt, sampling, asked) {
      if (!model) {
        throw new BotError('model_unreachable', `${name} is not open`);
      }
      const away = new AbortController();
      silent.add(away);
      try {
        const written = await model.complete(prompt, sampling, {
          ...asked,
          signal: AbortSignal.any([asked.signal, away.signal]),
          onText(text) {
            silent.delete(away);
            asked.onText(text);
          },
        });
        failure = undefined;
        breaker.succeeded();
        onChange();
        modelAnswers.inc({ server: name, outcome: 'written' });
        return written;
      } catch (error) {
        asked.signal.throwIfAborted();
        modelAnswers.inc({ server: name, outcome: 'failed' });
        // One that has too much to do, or was given up already, has not failed once more.
        if (isItsFault(error) && error.code !== 'model_busy' && !away.signal.aborted) {
          fail(error);
        }
        throw error;
      } finally {
        silent.delete(away);
      }
    },
  };
}
