// One or two sentences on a story of the news, checked like those of an answer: a model writes them, or they are the
// sentences of one report that hold most of its headline. Of a story that the reader knows, only what is new.
import type { Passage } from '../domain.js';
import { isBotError } from '../errors.js';
import { createCiter } from './answer/cite.js';
import type { Proofs } from './answer/proofs.js';
import { sharedWords } from './answer/quote.js';
import { releaseText, type Shown } from './answer/release.js';
import { selectSummary } from './evidence/select-summary.js';
import { createExtractiveGenerator, type GenerateRequest, type Source } from './generate/generate.js';
import type { SettleGenerator } from './generate/settle.js';
import { honestPassage } from './generate/tampering.js';
import type { Language } from './understand/language.js';
import { type UnderstandDeps, understand } from './understand/understand.js';

/** A story as its reports tell it. */
export interface StoryToTell {
  headline: string;
  /** Of its reports, those of the best one first; at most some ten are read. */
  passages: Passage[];
  /** Texts that the reader knows; [] = the story is new to them. */
  known: string[];
  /** ISO 639-1; quotations keep the language of their article. */
  language: string;
}

/** A checked sentence and the words of each report that it rests on, at least one. */
export interface SummarySentence {
  text: string;
  sources: { passage: Passage; quote: string }[];
}

export interface Summary {
  /** At most two; [] = nothing may be told, or nothing is new. */
  sentences: SummarySentence[];
  /** Sentences that were written and not shown, because no source bears them out. */
  dropped: number;
}

/** Rejects only when the signal is aborted or the index fails: where a model fails, sentences are quoted. */
export type Summarise = (story: StoryToTell, signal: AbortSignal) => Promise<Summary>;

export interface SummariseDeps extends UnderstandDeps {
  proofs: Proofs;
  settle: SettleGenerator;
  /** Gets the failure of a model in whose place sentences were quoted. */
  onBreak: (error: unknown) => void;
  /** Comes back when others had their turn: reading and proving take milliseconds a report. */
  nextTurn: () => Promise<void>;
}

const MOST_SENTENCES = 2;
/** Of other reports that tell the same; one more number is no more proof. */
const MOST_SUPPORTERS = 2;
const SAME_MATTER = 0.5;

export function createSummarise(deps: SummariseDeps): Summarise {
  const quotes = createExtractiveGenerator();
  return async (story, signal) => {
    const passages: Passage[] = [];
    for (const passage of story.passages) {
      await deps.nextTurn();
      passages.push(...[honestPassage(passage) ?? []].flat());
    }
    const sources = passages.map((passage) => ({ passage, context: passage.text }));
    const query = { ...(await understand(story.headline, deps)), language: story.language as Language };
    await deps.nextTurn();
    const sentences = selectSummary(query, passages, story.known, deps.proofs.withSubject);
    if (sentences.length === 0) {
      return { sentences: [], dropped: 0 };
    }
    const asked = story.known.length > 0 ? 'What is new' : 'What happened';
    const request: GenerateRequest = {
      question: `${asked} in this story, in one or two sentences: ${story.headline}`,
      query,
      sources,
      evidence: { sentences, confidence: 1 },
      earlier: [],
    };
    const write = (generator: Parameters<typeof releaseText>[0]['generator']) =>
      released(
        deps.nextTurn,
        { generator, proofs: deps.proofs, citer: createCiter(), lead: '' },
        request,
        signal,
      );
    const told = await Promise.resolve(deps.settle(signal))
      .then(write)
      .catch((error: unknown) => {
        if (signal.aborted || !isBotError(error)) {
          throw error;
        }
        deps.onBreak(error);
        return write(quotes);
      });
    const { dropped, shown } = told.shown.length > 0 ? told : await write(quotes);
    const supported: SummarySentence[] = [];
    for (const one of shown.slice(0, MOST_SENTENCES)) {
      supported.push(await withSupport(deps, one, sources));
    }
    return { sentences: supported, dropped };
  };
}

async function released(nextTurn: SummariseDeps['nextTurn'], ...args: Parameters<typeof releaseText>) {
  const events = releaseText(...args);
  for (;;) {
    await nextTurn();
    const step = await events.next();
    if (step.done) {
      return step.value;
    }
  }
}

/** With the reports of other publishers that bear it out as well. */
async function withSupport(
  { nextTurn, proofs }: Pick<SummariseDeps, 'nextTurn' | 'proofs'>,
  { sources, text }: Shown,
  all: Source[],
): Promise<SummarySentence> {
  const publishers = new Set(sources.map(({ passage }) => passage.publisher));
  const supporters: Source[] = [];
  for (const source of all) {
    const isOther = !publishers.has(source.passage.publisher) && !isCopy(source, [...sources, ...supporters]);
    if (supporters.length < MOST_SUPPORTERS && isOther && sharedWords(text, source) >= SAME_MATTER) {
      await nextTurn();
      if (proofs.isGrounded(text, [source])) {
        supporters.push(source);
        publishers.add(source.passage.publisher);
      }
    }
  }
  return {
    text,
    sources: [...sources, ...supporters].map((source) => ({
      passage: source.passage,
      quote: proofs.quoteOf(text, source),
    })),
  };
}

/** Copies of one report are one witness. */
function isCopy({ passage }: Source, others: Source[]): boolean {
  return others.some((other) => other.passage.story?.id === passage.story?.id && passage.story !== undefined);
}
