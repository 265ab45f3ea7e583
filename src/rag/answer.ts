// From a question to a cited answer: understand, retrieve, generate, and release sentence by sentence with
// numbered sources. With too little evidence it says so and shows the nearest headlines: never silent, never
// a guess. Only addresses of retrieved articles are ever cited.
import type { Answer, AnswerEvent, Ask, Citation, Passage } from '../domain.js';
import { BotError } from '../errors.js';
import { inContext } from './follow-up.js';
import type { Draft, Generator } from './generate.js';
import type { ChunkSource } from './ports.js';
import type { Retrieve } from './retrieve.js';
import { type Query, type UnderstandDeps, understand } from './understand.js';

export interface AskDeps extends UnderstandDeps {
  retrieve: Retrieve;
  generator: Generator;
  chunks: Pick<ChunkSource, 'countChunks' | 'newestArticle'>;
}

export interface AskOptions {
  /** 0..1: a draft that is less likely to answer is not shown. Higher = more silence, fewer wrong answers. */
  minConfidence: number;
}

/** Characters of a question; a longer one is refused rather than cut. */
export const LONGEST_QUESTION = 2000;
const NEAREST_HEADLINES = 3;

/** Errors arrive as the last event: `question_empty`, `question_too_long`, or what retrieval throws. */
export function createAsk(deps: AskDeps, options: AskOptions): Ask {
  return async function* ask(question, signal) {
    checkLength(question.text);
    const query = await understand(inContext(question.text, question.earlier ?? []), deps);
    const passages = question.passages
      ? given(question.passages)
      : yield* searchPassages(deps, query, signal);
    yield { type: 'status', text: reading(passages) };
    const draft = await deps.generator.generate(query, passages, signal);
    signal.throwIfAborted();
    const isWeak = draft.sentences.length === 0 || draft.confidence < options.minConfidence;
    const answer = isWeak ? await abstain(deps, passages) : answerOf(draft, passages, deps.generator.name);
    yield* release(answer);
  };
}

async function* searchPassages(deps: AskDeps, query: Query, signal: AbortSignal) {
  const count = await deps.chunks.countChunks();
  const event: AnswerEvent = { type: 'status', text: `searching ${count.toLocaleString('en-GB')} passages` };
  yield event;
  return deps.retrieve(query, signal);
}

function answerOf(draft: Draft, retrieved: Passage[], generator: string): Answer {
  const citations: Citation[] = [];
  const text = draft.sentences
    .map(
      (sentence) =>
        `${sentence.text} ${sentence.passages.map((p) => mark(citations, p, sentence.text)).join('')}`,
    )
    .join(' ');
  const asOf = citations
    .map((citation) => citation.publishedAt)
    .sort()
    .at(-1);
  return { text, citations, retrieved, abstained: false, asOf: asOf || undefined, generator };
}

/** The marker of a passage's article, which gets the next number at its first use. */
function mark(citations: Citation[], passage: Passage, quote: string): string {
  const known = citations.find(({ url, quote: words }) =>
    passage.url ? url === passage.url : words === quote,
  );
  if (known) {
    known.quote = known.quote.includes(quote) ? known.quote : `${known.quote} … ${quote}`;
    return `[${known.n}]`;
  }
  const { url, title, publisher, publishedAt } = passage;
  citations.push({ n: citations.length + 1, url, title, publisher, publishedAt, quote });
  return `[${citations.length}]`;
}

async function abstain(deps: AskDeps, retrieved: Passage[]): Promise<Answer> {
  const [count, newest] = await Promise.all([deps.chunks.countChunks(), deps.chunks.newestArticle()]);
  const searched =
    count > 0 ? `none of the ${count.toLocaleString('en-GB')} passages` : 'no articles are indexed yet';
  const until = newest ? ` (newest: ${newest.slice(0, 10)})` : '';
  const text = `Not enough evidence: ${searched}${until}${count > 0 ? ' answers this.' : '.'}`;
  return { text, citations: nearest(retrieved), retrieved, abstained: true, generator: deps.generator.name };
}

function nearest(passages: Passage[]): Citation[] {
  const byUrl = new Map(passages.filter(({ url }) => url).map((passage) => [passage.url, passage]));
  return [...byUrl.values()].slice(0, NEAREST_HEADLINES).map(({ url, title, publisher, publishedAt }, i) => {
    return { n: i + 1, url, title, publisher, publishedAt, quote: title };
  });
}

function* release(answer: Answer): Iterable<AnswerEvent> {
  yield { type: 'delta', text: answer.text };
  for (const citation of answer.citations) {
    yield { type: 'citation', citation };
  }
  yield { type: 'done', answer };
}

function checkLength(text: string): void {
  if (text.trim() === '') {
    throw new BotError(
      'question_empty',
      'The question is empty; ask something, for example: who won last night?',
    );
  }
  if (text.length > LONGEST_QUESTION) {
    const length = text.length.toLocaleString('en-GB');
    throw new BotError(
      'question_too_long',
      `The question has ${length} characters; at most ${LONGEST_QUESTION.toLocaleString('en-GB')} are read: shorten it`,
    );
  }
}

function reading(passages: Passage[]): string {
  const count = new Set(passages.map((passage) => passage.articleId)).size;
  return `reading ${count} ${count === 1 ? 'article' : 'articles'}`;
}

/** Texts that stand in for retrieval: each its own passage without an address. */
function given(texts: string[]): Passage[] {
  return texts.map((text, i) => {
    const id = `given:${i}`;
    return {
      id,
      articleId: id,
      ordinal: 0,
      header: '',
      text,
      title: '',
      url: '',
      publisher: '',
      publishedAt: '',
      score: 1 / (i + 1),
    };
  });
}
