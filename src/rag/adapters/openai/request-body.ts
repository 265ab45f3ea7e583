// A prompt as a chat completion request. Everything stands in one message of the user: Mixtral's template, and
// others of its kind, have no role for a system and answer with an error.
import type { Prompt, Sampling } from '../../ports.js';
import type { Dialect } from './probe.js';

/** For servers that begin a new answer after one of their own: said in words. */
const GO_ON = 'Go on exactly where you stopped. Do not repeat anything.';

/**
 * What was written before is the beginning of the model's own turn: llama-server goes on from a last message of the
 * assistant by itself, vLLM when it is told, others are asked to in words. The repetition penalty has another name
 * with each and none in the common API, whose other penalties mean something else.
 */
export function requestBody(
  { content, instructions, written }: Prompt,
  sampling: Sampling,
  { dialect, model }: { dialect: Dialect; model: string },
): object {
  const { maxTokens, repetitionPenalty, seed, temperature } = sampling;
  const messages = [
    { role: 'user', content: [instructions, content].filter(Boolean).join('\n\n') },
    ...(written ? [{ role: 'assistant', content: written }] : []),
    ...(written && dialect === 'plain' ? [{ role: 'user', content: GO_ON }] : []),
  ];
  return {
    model,
    messages,
    stream: true,
    temperature,
    max_tokens: maxTokens,
    ...(seed === undefined ? {} : { seed }),
    ...(dialect === 'llama' ? { repeat_penalty: repetitionPenalty, cache_prompt: true } : {}),
    ...(dialect === 'vllm' ? { repetition_penalty: repetitionPenalty } : {}),
    ...(dialect === 'vllm' && written ? { add_generation_prompt: false, continue_final_message: true } : {}),
  };
}
