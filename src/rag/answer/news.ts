// News for somebody who waits: one sentence of a new article, word for word, and only when it settles the question. Whether
// `ask` would answer is not asked: that gate weighs whether the matter is there, this one, the stricter, whether it is
// settled. Words weigh the sentences; where there is a model, it reads each article that is not hopeless, and decides.
import type { Answer, Passage } from '../../domain.js';
import { type Decisive, MAYBE, type Weighed, weighDecisive } from '../evidence/decisive.js';
import { withoutMarkers } from '../generate/generate.js';
import type { Retrieve } from '../retrieve/retrieve.js';
import { createHonestRetriever, type OnTampering } from '../retrieve/retrieve-honest.js';
import { understandInThread } from '../understand/follow-up.js';
import type { UnderstandDeps } from '../understand/understand.js';
import { createCiter } from './cite.js';
import { type JudgeNewsDeps, openNewsJudge } from './judge-news.js';

/** A question that waits, and what came in. */
export interface Waiting {
  question: string;
  /** Earlier questions of the thread, oldest first. */
  earlier: string[];
  /** When it was asked, ISO 8601. */
  since: string;
  /** Ids of the articles that may settle it. */
  articles: string[];
  /** The model failed a moment ago: words alone decide, and what they are not sure of is not judged. */
  isModelOut?: boolean;
}

/**
 * Undefined = the articles settle nothing. A question in English is expected. Error: `not_judged` when a model is out and words
 * alone are not sure: the same articles have to be looked at again. Rejects, too, when the index fails or the signal aborts.
 */
export type SeekNews = (waiting: Waiting, signal: AbortSignal) => Promise<Answer | undefined>;

export interface SeekNewsDeps extends UnderstandDeps, JudgeNewsDeps {
  retrieve: Retrieve;
  /** Gets the addresses of articles that hold text written for a program. */
  onTampering?: OnTampering | undefined;
  /** Whether moderation lets a text out. */
  mayShow(text: string): boolean;
}

export function createSeekNews(deps: SeekNewsDeps): SeekNews {
  const retrieve = createHonestRetriever(deps.retrieve, deps.onTampering);
  return async ({ articles, earlier, isModelOut = false, question, since: asked }, signal) => {
    const since = new Date(asked);
    // "Tomorrow" is the day after it was asked.
    const query = await understandInThread(question, earlier, { ...deps, clock: () => since });
    const passages = await retrieve(query, signal, new Set(articles));
    const reports = reportsOf(weighDecisive(query, passages));
    if (reports.length === 0) {
      return undefined;
    }
    const judge = await openNewsJudge(deps, { question, earlier, since, isModelOut }, signal);
    for (const sentences of reports) {
      const told = await judge.settling(sentences);
      if (told && deps.mayShow(told.text) && (await judge.passes(told.text))) {
        return quoted(told, passages);
      }
    }
    judge.check();
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
