// Who answers is settled anew for each question: a model that is open, one that has to load first, or quotes where
// none can run.
import type { Clock } from '../../domain.js';
import { createExtractiveGenerator, type Generator } from './generate.js';
import { createModelGenerator } from './model-generator.js';
import type { ModelPool } from './model-pool.js';
import type { PromptPreset } from './prompt-presets.js';

/** The generator for one question; a promise while a model loads, which the signal ends. */
export type SettleGenerator = (signal: AbortSignal) => Generator | Promise<Generator>;

export function createSettler(
  models: Pick<ModelPool, 'model'>,
  options: { preset: PromptPreset; clock: Clock },
): SettleGenerator {
  const quotes = createExtractiveGenerator();
  const generatorOf = (model: Awaited<ReturnType<ModelPool['model']>>) =>
    model ? createModelGenerator(model, options) : quotes;
  return (signal) => {
    const model = models.model();
    return model instanceof Promise ? untilAborted(model.then(generatorOf), signal) : generatorOf(model);
  };
}

/** The model goes on loading, for whoever asks next. */
export async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
