// Who answers is settled anew for each question: a model that is open, one that has to load first, or quotes where
// none can run.
import type { Clock } from '../../domain.js';
import { untilAborted } from '../../until-aborted.js';
import { createExtractiveGenerator, type Generator } from './generate.js';
import type { ModelFallback } from './model-fallback.js';
import { createModelGenerator } from './model-generator.js';
import type { PromptPreset } from './prompt-presets.js';

/** The generator for one question; a promise while a model loads, which the signal ends. */
export type SettleGenerator = (signal: AbortSignal) => Generator | Promise<Generator>;

export function createSettler(
  models: Pick<ModelFallback, 'model'>,
  options: { preset: PromptPreset; clock: Clock },
): SettleGenerator {
  const quotes = createExtractiveGenerator();
  const generatorOf = (model: Awaited<ReturnType<ModelFallback['model']>>) =>
    model ? createModelGenerator(model, options) : quotes;
  return (signal) => {
    const model = models.model();
    return model instanceof Promise ? untilAborted(model.then(generatorOf), signal) : generatorOf(model);
  };
}
