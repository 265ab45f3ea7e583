// A language model as a generator: builds the prompt, lets the model write, hands its text on.
import type { Clock } from '../../domain.js';
import { untilAborted } from '../../until-aborted.js';
import type { LanguageModel } from '../ports.js';
import type { Generator } from './generate.js';
import { buildPrompt } from './prompt.js';
import type { PromptPreset } from './prompt-presets.js';

/** Errors: `prompt_too_long`, and what the model throws. */
export function createModelGenerator(
  model: LanguageModel,
  options: { preset: PromptPreset; clock: Clock },
): Generator {
  const { clock, preset } = options;
  return {
    name: model.name,
    style: 'writes',
    instructions: preset.instructions,
    async generate(request, { onText, onWait, signal }) {
      // Counting waits where the model has to be started anew.
      const { prompt } = await untilAborted(buildPrompt(request, model, { preset, now: clock() }), signal);
      const { again, thread, user } = request;
      const goesOn = again !== undefined;
      return model.complete(prompt, preset.sampling, { signal, onText, onWait, user, thread, goesOn });
    },
  };
}
