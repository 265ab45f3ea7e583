// Builds a prompt that fits. What does not fit is left out whole and from the end: first what stands around the
// lowest passages, then the lowest passages. When not even the best one fits, it is refused: a model that reads
// half a passage answers from half the truth.
import { BotError } from '../../errors.js';
import type { LanguageModel, Prompt } from '../ports.js';
import type { GenerateRequest, Source } from './generate.js';
import { withoutMarkers } from './generate.js';
import type { PromptParts, PromptPreset } from './prompt-presets.js';
import { honestText } from './tampering.js';
import { withoutRoleTokens } from './untrusted.js';

export interface PromptOptions {
  preset: PromptPreset;
  now: Date;
}

/** Tokens of the template around the texts, and of joints that count otherwise than their parts. */
export const TEMPLATE_TOKENS = 48;
/** Earlier questions of a thread that are told; older ones rarely matter. */
const MOST_EARLIER = 5;

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
const LANGUAGES: Record<string, string> = { fr: 'French', it: 'Italian', de: 'German', es: 'Spanish' };

/** The prompt and how many passages, best first, stand in it. Error: `prompt_too_long`. */
export async function buildPrompt(
  request: GenerateRequest,
  model: Pick<LanguageModel, 'contextTokens' | 'countTokens'>,
  { now, preset }: PromptOptions,
): Promise<{ prompt: Prompt; passages: number }> {
  const { again, earlier, query, sources } = request;
  const fixed = {
    earlier: earlier.slice(-MOST_EARLIER).map(clean),
    question: clean(request.question),
    today: dayInWords(now),
    language: LANGUAGES[query.language] ?? '',
    rejected: clean(again?.rejected ?? ''),
  };
  const written = clean(again?.written ?? '');
  const promptOf = (passages: PromptParts['passages']): Prompt => ({
    instructions: preset.instructions,
    content: preset.content({ ...fixed, passages }),
    written,
  });
  const tokensOf = async ({ content, instructions }: Prompt) =>
    (await model.countTokens(instructions)) +
    (await model.countTokens(content)) +
    (await model.countTokens(written));
  const budget = model.contextTokens - preset.sampling.maxTokens - TEMPLATE_TOKENS;
  for (const chosen of shrinking(sources.slice(0, preset.passages))) {
    const prompt = promptOf(chosen.map((text, i) => partOf(sources[i] as Source, text, i + 1)));
    if ((await tokensOf(prompt)) <= budget) {
      return { prompt, passages: chosen.length };
    }
  }
  throw new BotError(
    'prompt_too_long',
    `The question with its best passage does not fit into the ${model.contextTokens.toLocaleString('en-GB')} tokens that the model reads; shorten the question or give the model a larger context`,
  );
}

/** "Tuesday, 19 December 2023". */
export function dayInWords(date: Date): string {
  return `${WEEKDAY.format(date)}, ${DAY.format(date)}`;
}

/** Texts of the passages, best first, less and less: with surroundings, without those of the last, without the last. */
function* shrinking(sources: Source[]): Iterable<string[]> {
  const texts = sources.map(({ context }) => context);
  yield [...texts];
  for (let i = sources.length - 1; i >= 0; i -= 1) {
    const alone = sources[i]?.passage.text ?? '';
    if (texts[i] !== alone) {
      texts[i] = alone;
      yield [...texts];
    }
  }
  while (texts.length > 1) {
    texts.pop();
    yield [...texts];
  }
}

function partOf({ passage }: Source, text: string, n: number): PromptParts['passages'][number] {
  const { publishedAt, publisher, title } = passage;
  return {
    n,
    headline: clean(title),
    publisher: clean(publisher),
    date: publishedAt ? DAY.format(new Date(publishedAt)) : '',
    text: withoutMarkers(clean(honestText(text))),
  };
}

/** Data stays data: no role tokens, nothing that closes a passage. */
function clean(text: string): string {
  return withoutRoleTokens(text).replace(/"{3,}/g, '"').trim();
}
