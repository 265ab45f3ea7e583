// Who says whether a sentence settles a question that waits: the language model where one is wanted, else words. What fails
// because of one article is that article's fault, and words decide on it; when the model or the guard model is out, what words
// are sure of is told, and the rest is for a later look.
import { BotError, describeError, isBotError } from '../../errors.js';
import { untilAborted } from '../../until-aborted.js';
import { type Decisive, SURELY, type Weighed } from '../evidence/decisive.js';
import { withoutMarkers } from '../generate/generate.js';
import type { ModelFallback } from '../generate/model-fallback.js';
import { pickSettling, type ToSettle } from '../generate/pick-settling.js';
import type { LanguageModel } from '../ports.js';
import { words } from '../understand/terms.js';

export interface JudgeNewsDeps {
  models: Pick<ModelFallback, 'model' | 'state'>;
  /** Whether the guard model lets a text out; rejects where it gives no verdict. */
  mustPass(text: string, signal: AbortSignal): Promise<boolean>;
  /** Told of a model that cannot judge an article. */
  onUnclear(error: BotError): void;
}

export interface NewsJudge {
  /** The sentence of one article, the likeliest first, that settles the question; undefined = none, as far as can be told now. */
  settling(sentences: Weighed[]): Promise<Decisive | undefined>;
  /** Whether the guard model lets it out. */
  passes(text: string): Promise<boolean>;
  /** Error: `not_judged` if something was out. */
  check(): void;
}

/** They come from what was asked, and would come again. */
const OF_THE_ARTICLE = ['model_unclear', 'prompt_too_long', 'model_bad_request', 'model_broke_off'];
/** Of a line without a stop, and of a sentence or a headline. */
const LEAST_WORDS = { line: 3, whole: 2 };

/** `isModelOut` = it failed a moment ago and is not asked now. */
export async function openNewsJudge(
  { models, mustPass, onUnclear }: JudgeNewsDeps,
  asked: Omit<ToSettle, 'sentences'> & { isModelOut: boolean },
  signal: AbortSignal,
): Promise<NewsJudge> {
  let isGuardOut = false;
  let { failure, model } = asked.isModelOut ? { failure: 'the model is out' } : await opened(models, signal);

  return {
    async settling(sentences) {
      const sure = sentences.find((one) => one.odds >= SURELY && !isHeading(one));
      if (!model) {
        return sure;
      }
      try {
        const told = await pickSettling(model, { ...asked, sentences }, signal);
        return told && isHeading(told) ? sure : told;
      } catch (error) {
        signal.throwIfAborted();
        if (!isBotError(error)) {
          throw error;
        }
        if (OF_THE_ARTICLE.includes(error.code)) {
          onUnclear(error);
        } else {
          [failure, model] = [error, undefined];
        }
        return sure;
      }
    },

    async passes(text) {
      if (isGuardOut) {
        return false;
      }
      try {
        return await mustPass(text, signal);
      } catch (error) {
        signal.throwIfAborted();
        isGuardOut = !isBotError(error, 'guard_unreadable');
        failure = isGuardOut ? error : failure;
        return false;
      }
    },

    check() {
      if (failure !== undefined) {
        throw new BotError('not_judged', typeof failure === 'string' ? failure : describeError(failure));
      }
    },
  };
}

/** No model and no failure = none is wanted. */
async function opened(
  models: JudgeNewsDeps['models'],
  signal: AbortSignal,
): Promise<{ model?: LanguageModel | undefined; failure?: unknown }> {
  try {
    const model = await untilAborted(Promise.resolve(models.model()), signal);
    // One that is down is not there now, and may be in a minute.
    return model ? { model } : { failure: models.state().failures[0] };
  } catch (failure) {
    signal.throwIfAborted();
    return { failure };
  }
}

/** "Results" says nothing to whoever reads it alone; a short headline may. */
function isHeading({ passage, text }: Decisive): boolean {
  const plain = withoutMarkers(text);
  const isWhole = /[.!?]["'”’)]*$/.test(plain) || text === passage.title;
  return words(plain).length < LEAST_WORDS[isWhole ? 'whole' : 'line'];
}
