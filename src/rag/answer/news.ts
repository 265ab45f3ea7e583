// News for somebody who waits: one sentence of a new report, word for word, and only when it settles the question. Whether
// `ask` would answer is not asked: that gate weighs whether the matter is there, this one, the stricter, whether it is
// settled. Words weigh the sentences; where there is a model, it reads
// all that is not hopeless, and decides.
import type { Answer, Passage } from '../../domain.js';
import { untilAborted } from '../../until-aborted.js';
import { type Decisive, MAYBE, SURELY, type Weighed, weighDecisive } from '../evidence/decisive.js';
import type { ModelFallback } from '../generate/model-fallback.js';
import { pickSettling, type Report } from '../generate/pick-settling.js';
import type { Retrieve } from '../retrieve/retrieve.js';
import { understandInThread } from '../understand/follow-up.js';
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
 * Undefined = the articles settle nothing. A question in English is expected. Rejects when the index fails, when the
 * signal aborts, and with the BotError of a model that could not judge: the same articles have to be looked at again.
 */
export type SeekNews = (waiting: Waiting, signal: AbortSignal) => Promise<Answer | undefined>;

export interface SeekNewsDeps extends UnderstandDeps {
  /** Passages without text that is written for a program. */
  retrieve: Retrieve;
  model: ModelFallback['model'];
  /** Whether moderation lets a text out. */
  mayShow(text: string): boolean;
  /** Whether the guard model does. */
  isPassed(text: string, signal: AbortSignal): Promise<boolean>;
}

/** Passages that a model reads at once: the few that came in since the last look are seldom more. */
const MOST_REPORTS = 4;

export function createSeekNews(deps: SeekNewsDeps): SeekNews {
  return async ({ articles, earlier, question, since }, signal) => {
    const query = await understandInThread(question, earlier, deps);
    const passages = await deps.retrieve(query, signal, new Set(articles));
    const weighed = weighDecisive(query, passages).filter(({ text }) => deps.mayShow(text));
    const [best] = weighed;
    if (!best || best.odds < MAYBE) {
      return undefined;
    }
    const model = await untilAborted(Promise.resolve(deps.model()), signal);
    const asked = { question, earlier, since: new Date(since), reports: reportsOf(weighed) };
    const told = model ? await pickSettling(model, asked, signal) : best.odds >= SURELY ? best : undefined;
    return told && (await deps.isPassed(told.text, signal)) ? quoted(told, passages) : undefined;
  };
}

/** The passages that may settle it, the likeliest first; what was copied from one article to another stands once. */
function reportsOf(weighed: Weighed[]): Report[] {
  const maybe = weighed.filter(({ odds }) => odds >= MAYBE).map(({ passage }) => passage);
  const known = new Set<string>();
  const reports = [...new Set(maybe)].map((passage) => {
    const own = weighed.filter((one) => one.passage === passage).sort((a, b) => a.place - b.place);
    const sentences = own.map(({ text }) => text).filter((text) => !known.has(text) && known.add(text));
    return { passage, sentences };
  });
  return reports.filter(({ sentences }) => sentences.length > 0).slice(0, MOST_REPORTS);
}

function quoted({ passage, text }: Decisive, retrieved: Passage[]): Answer {
  const citer = createCiter();
  const { marker } = citer.cite(passage, text);
  const common = { retrieved, abstained: false, publishersAgree: 0, warnings: [], dropped: 0 };
  return {
    ...common,
    text: `${text} ${marker}`,
    citations: citer.citations(),
    asOf: passage.publishedAt,
    generator: 'extractive',
  };
}
