// News for somebody who waits: one sentence of a new article, word for word, and only when it settles the question. Whether
// `ask` would answer is not asked: that gate weighs whether the matter is there, this one, the stricter, whether it is
// settled. Words weigh the sentences; where there is a model, it reads each article that is not hopeless, and decides.
import type { Answer, Passage } from '../../domain.js';
import { BotError, describeError, isBotError } from '../../errors.js';
import { untilAborted } from '../../until-aborted.js';
import { type Decisive, MAYBE, SURELY, type Weighed, weighDecisive } from '../evidence/decisive.js';
import { withoutMarkers } from '../generate/generate.js';
import type { ModelFallback } from '../generate/model-fallback.js';
import { pickSettling } from '../generate/pick-settling.js';
import type { LanguageModel } from '../ports.js';
import type { Retrieve } from '../retrieve/retrieve.js';
import { createHonestRetriever, type OnTampering } from '../retrieve/retrieve-honest.js';
import { understandInThread } from '../understand/follow-up.js';
import { words } from '../understand/terms.js';
import type { UnderstandDeps } from '../understand/understand.js';
import { createCiter } from './cite.js';

/** A question that waits, and what came in. */
export interface Waiting {
  question: string;
  /** Earlier questions of the thread, oldest first. */
  earlier: string[];
  /** When it was asked, ISO 8601. */
  since: string;
  /** Ids of the articles that may settle it. */
  articles: string[];
}

/**
 * Undefined = the articles settle nothing. A question in English is expected. Error: `not_judged` when a model failed and words
 * alone are not sure: the same articles have to be looked at again. Rejects, too, when the index fails or the signal aborts.
 */
export type SeekNews = (waiting: Waiting, signal: AbortSignal) => Promise<Answer | undefined>;

export interface SeekNewsDeps extends UnderstandDeps {
  retrieve: Retrieve;
  models: Pick<ModelFallback, 'model' | 'state'>;
  /** Gets the addresses of articles that hold text written for a program. */
  onTampering?: OnTampering | undefined;
  /** Whether moderation lets a text out. */
  mayShow(text: string): boolean;
  /** Whether the guard model does; rejects where it gives no verdict. */
  mustPass(text: string, signal: AbortSignal): Promise<boolean>;
  /** Told of a model that was asked for a number and said something else. */
  onUnclear(error: BotError): void;
}

const LEAST_WORDS = 3;

export function createSeekNews(deps: SeekNewsDeps): SeekNews {
  const retrieve = createHonestRetriever(deps.retrieve, deps.onTampering);
  return async ({ articles, earlier, question, since }, signal) => {
    const asked = { question, earlier, since: new Date(since) };
    // "Tomorrow" is the day after it was asked.
    const query = await understandInThread(question, earlier, { ...deps, clock: () => asked.since });
    const passages = await retrieve(query, signal, new Set(articles));
    const reports = reportsOf(weighDecisive(query, passages));
    let { failure, model } = reports.length > 0 ? await opened(deps.models, signal) : {};
    for (const sentences of reports) {
      let told: Decisive | undefined = sentences.find(({ odds }) => odds >= SURELY);
      if (model) {
        try {
          told = await pickSettling(model, { ...asked, sentences }, signal);
        } catch (error) {
          signal.throwIfAborted();
          if (!isBotError(error)) {
            throw error;
          }
          if (error.code === 'model_unclear' || error.code === 'prompt_too_long') {
            deps.onUnclear(error);
          } else {
            [failure, model] = [error, undefined];
          }
        }
      }
      if (
        told &&
        !isHeading(told.text) &&
        deps.mayShow(told.text) &&
        (await passes(deps, told.text, signal))
      ) {
        return quoted(told, passages);
      }
    }
    if (failure) {
      throw notJudged(failure);
    }
    return undefined;
  };
}

/** The sentences of each article that is not hopeless, the likeliest article and sentence first; each text once. */
function reportsOf(weighed: Weighed[]): Weighed[][] {
  const reports = new Map<string, Weighed[]>();
  for (const one of weighed) {
    const own = reports.get(one.passage.articleId) ?? [];
    if (!own.some(({ text }) => text === one.text)) {
      reports.set(one.passage.articleId, [...own, one]);
    }
  }
  return [...reports.values()].filter(([best]) => best && best.odds >= MAYBE);
}

/** "Results" says nothing to whoever reads it alone. */
function isHeading(text: string): boolean {
  return words(text).length < LEAST_WORDS;
}

/** No model and no failure = none is wanted. */
async function opened(
  models: SeekNewsDeps['models'],
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

async function passes(deps: SeekNewsDeps, text: string, signal: AbortSignal): Promise<boolean> {
  try {
    return await deps.mustPass(text, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw notJudged(error);
  }
}

const notJudged = (why: unknown) =>
  new BotError('not_judged', typeof why === 'string' ? why : describeError(why));

function quoted({ passage, text }: Decisive, retrieved: Passage[]): Answer {
  const citer = createCiter();
  const { marker } = citer.cite(passage, text);
  const common = { retrieved, abstained: false, publishersAgree: 0, warnings: [], dropped: 0 };
  return {
    ...common,
    text: `${withoutMarkers(text)} ${marker}`,
    citations: citer.citations(),
    asOf: passage.publishedAt,
    generator: 'extractive',
  };
}
