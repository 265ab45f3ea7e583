// The model alone, without any article: the reference recipe's first experiment, to see what the articles are
// worth. Nothing of it is checked, so it carries no sources and says what it is.
import type { Ask, Clock } from '../../domain.js';
import { BotError, isBotError } from '../../errors.js';
import { untilAborted } from '../../until-aborted.js';
import { createSentenceStream } from '../answer/stream-sentences.js';
import { streamText } from '../answer/stream-text.js';
import type { CompleteOptions, LanguageModel, Prompt } from '../ports.js';
import { checkLength } from '../understand/question.js';
import { withoutMarkers } from './generate.js';
import type { ModelFallback } from './model-fallback.js';
import { dayInWords } from './prompt.js';
import { CLOSED_BOOK } from './prompt-presets.js';
import { withoutRoleTokens } from './untrusted.js';

/** Errors arrive as the last event: those of a question's length, and what the model throws. */
export function createClosedBook(model: LanguageModel, clock: Clock): Ask {
  return async function* ask(question, signal) {
    try {
      checkLength(question.text);
      yield { type: 'status', text: 'asking the model without any article' };
      const today = dayInWords(clock());
      const parts = { passages: [], earlier: [], language: '', rejected: '' };
      const content = CLOSED_BOOK.content({ ...parts, question: withoutRoleTokens(question.text), today });
      const prompt = { instructions: CLOSED_BOOK.instructions, content, written: '' };
      let text = '';
      for await (const sentence of sentencesOf(model, prompt, { signal, user: question.user })) {
        const delta = `${text === '' ? '' : ' '}${withoutMarkers(sentence)}`;
        text += delta;
        yield { type: 'delta', text: delta };
      }
      const none = { citations: [], retrieved: [], warnings: [], publishersAgree: 0, dropped: 0 };
      yield {
        type: 'done',
        answer: { text, ...none, abstained: false, closedBook: true, generator: model.name },
      };
    } catch (error) {
      if (signal.aborted || !isBotError(error)) {
        throw error;
      }
      yield { type: 'error', code: error.code, message: error.message };
    }
  };
}

/** As `createClosedBook`, with the model that opens; the error `model_missing` tells that none does. */
export function createPooledClosedBook(models: Pick<ModelFallback, 'model'>, clock: Clock): Ask {
  return async function* ask(question, signal) {
    let model: LanguageModel | undefined;
    try {
      model = await untilAborted(Promise.resolve(models.model()), signal);
      if (!model) {
        throw new BotError(
          'model_missing',
          'No language model could be opened; third-umpire doctor says why',
        );
      }
    } catch (error) {
      if (signal.aborted || !isBotError(error)) {
        throw error;
      }
      yield { type: 'error', code: error.code, message: error.message };
      return;
    }
    yield* createClosedBook(model, clock)(question, signal);
  };
}

/** Whole sentences without addresses, as they come; the last one may be cut off. */
async function* sentencesOf(
  model: LanguageModel,
  prompt: Prompt,
  asked: Pick<CompleteOptions, 'signal' | 'user'>,
) {
  const stream = createSentenceStream();
  for await (const piece of streamText((onText) =>
    model.complete(prompt, CLOSED_BOOK.sampling, { ...asked, onText }),
  )) {
    yield* stream.push(piece).map(({ text }) => text);
  }
  yield* stream.end().map(({ text }) => text);
}
