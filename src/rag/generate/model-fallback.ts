// The language models that may write, best first. The first that opens writes for all; one that fails is left alone
// for a while and then tried again, since a server comes back and a file gets mended.
import { BotError, describeError } from '../../errors.js';
import type { LanguageModel, ServerState } from '../ports.js';

/** How busy a model is; absent where it does not say. */
export interface ModelLoad {
  /** Answers that it writes side by side at most. */
  total: number;
  writing: number;
  waiting: number;
}

export interface FallbackState {
  /** Who writes or is likely to; undefined = nobody. */
  name: string | undefined;
  /** One line for each that did not open. */
  failures: string[];
  load?: ModelLoad | undefined;
  /** Those that share the questions; absent = nothing is open, or one model writes alone. */
  servers?: ServerState[] | undefined;
}

/** An open model, and what it tells of itself where it does. */
export type ShownModel = LanguageModel & {
  load?: (() => ModelLoad) | undefined;
  servers?: (() => ServerState[]) | undefined;
  close(): Promise<void>;
};

export interface ModelCandidate {
  /** Shown before it is open. */
  name: string;
  /** Aborted = not needed any more: throws the signal's reason. */
  open(signal: AbortSignal): Promise<ShownModel>;
}

export interface ModelFallback {
  /** The model that writes, or while it opens its promise; undefined = none can. Throws when one is required. */
  model(): LanguageModel | undefined | Promise<LanguageModel | undefined>;
  /** Throws when a required model is missing; opens nothing. */
  check(): void;
  state(): FallbackState;
  close(): Promise<void>;
}

export interface FallbackOptions {
  onFailure: (error: unknown) => void;
  /** Made and thrown when there is no candidate, and asks for the failure of one to be thrown; absent = quoting will do. */
  missing?: (() => BotError) | undefined;
  /** Monotonic, in ms; absent = this process's. */
  now?: (() => number) | undefined;
}

const LEFT_ALONE_MS = 30_000;

export function createModelFallback(candidates: ModelCandidate[], options: FallbackOptions): ModelFallback {
  const { missing, now = () => performance.now(), onFailure } = options;
  const failed = new Map<ModelCandidate, { at: number; error: unknown }>();
  let opened: ShownModel | undefined;
  let opening: Promise<LanguageModel | undefined> | undefined;
  const ending = new AbortController();

  const rests = (candidate: ModelCandidate) =>
    now() - (failed.get(candidate)?.at ?? Number.NEGATIVE_INFINITY) < LEFT_ALONE_MS;

  function check(): void {
    if (missing && candidates.length === 0) {
      throw missing();
    }
  }

  async function openFirst(): Promise<LanguageModel | undefined> {
    for (const candidate of candidates) {
      if (!rests(candidate)) {
        try {
          opened = await candidate.open(ending.signal);
          failed.delete(candidate);
          return opened;
        } catch (error) {
          ending.signal.throwIfAborted();
          failed.set(candidate, { at: now(), error });
          onFailure(error);
        }
      }
    }
    const [first] = failed.values();
    if (missing && first) {
      throw first.error;
    }
    return undefined;
  }

  return {
    check,

    model() {
      check();
      if (opened || ending.signal.aborted) {
        return opened;
      }
      if (!missing && candidates.every(rests)) {
        return undefined;
      }
      opening ??= openFirst().finally(() => {
        opening = undefined;
      });
      return opening;
    },

    state: () => ({
      name: opened?.name ?? candidates.find((candidate) => !failed.has(candidate))?.name,
      failures: [...failed.values()].map(({ error }) => describeError(error)),
      load: opened?.load?.(),
      servers: opened?.servers?.(),
    }),

    async close() {
      ending.abort(new BotError('model_closed', 'The program is ending.'));
      await opening?.catch(() => undefined);
      await opened?.close();
    },
  };
}
