// Opens the guard model that the settings name: a GGUF file in a supervised process of its own, so that it and the model
// that writes neither wait for each other nor fall together, or a server. It loads from the start; until it is there, and
// whenever it fails, it has no verdict.
import { BotError, describeError, isBotError } from '../errors.js';
import type { Log } from '../log.js';
import { untilAborted } from '../until-aborted.js';
import type { RemoteGuard, RemoteGuardOptions } from './adapters/guard/remote-guard.js';
import type { LlamaOptions } from './adapters/llama/llama-options.js';
import { createModelFallback } from './generate/model-fallback.js';
import { createLlamaGuard } from './guard/llama-guard.js';
import { readVerdict } from './guard/verdict.js';
import type { JudgeText } from './ports.js';

export type JudgeSettings =
  | { kind: 'llama'; llama: LlamaOptions; timeoutMs: number }
  | { kind: 'remote'; remote: RemoteGuardOptions };

export interface OpenJudge {
  /** Errors: `guard_failed`, `guard_unreadable`, the signal's reason. */
  judge: JudgeText;
  close(): Promise<void>;
}

export async function openJudge({ log }: { log: Log }, settings: JudgeSettings): Promise<OpenJudge> {
  if (settings.kind === 'remote') {
    const { openRemoteGuard } = await import('./adapters/guard/remote-guard.js');
    const remote: RemoteGuard = openRemoteGuard(settings.remote, readVerdict);
    return remote;
  }
  const { llama, timeoutMs } = settings;
  const pool = createModelFallback(
    [
      {
        name: llama.file,
        async open(signal) {
          const { openLlama } = await import('./adapters/llama/llama.js');
          return openLlama({ log }, llama, signal);
        },
      },
    ],
    {
      onFailure: (err) => log.warn({ err }, 'the guard model did not open'),
      missing: () => new BotError('guard_failed', `The guard model ${llama.file} cannot be opened`),
    },
  );
  const opened = async () => {
    const model = await pool.model();
    if (!model) {
      throw new BotError('guard_failed', 'The program is ending.');
    }
    return model;
  };
  opened().catch(() => {});
  const ask = createLlamaGuard(opened);

  return {
    async judge(text, signal) {
      const late = new BotError(
        'guard_failed',
        `The guard model gave no verdict within ${timeoutMs / 1000} s`,
      );
      const within = new AbortController();
      const timer = setTimeout(() => within.abort(late), timeoutMs);
      const both = AbortSignal.any([signal, within.signal]);
      try {
        return await untilAborted(ask(text, both), both);
      } catch (error) {
        signal.throwIfAborted();
        throw isBotError(error) && error.code.startsWith('guard_')
          ? error
          : new BotError('guard_failed', `The guard model gave no verdict: ${describeError(error)}`, {
              cause: error,
            });
      } finally {
        clearTimeout(timer);
      }
    },
    close: pool.close,
  };
}
