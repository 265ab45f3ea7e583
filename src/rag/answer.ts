// From a question to a cited answer: understand, retrieve, weigh the evidence, write, and release sentence by
// sentence with numbered sources. With too little evidence it says so and shows the nearest headlines: never
// silent, never a guess. Only addresses of retrieved articles are ever cited.
import type { Answer, AnswerEvent, Ask, Citation, Passage, Question } from '../domain.js';
import { isBotError } from '../errors.js';
import { abstain } from './answer/abstain.js';
import { withPremiseChecked, withSubjectNamed } from './answer/as-quoted.js';
import { type FeedHealth, warningsOf } from './answer/freshness.js';
import type { Proofs } from './answer/proofs.js';
import { findRivals } from './answer/rivals.js';
import { type WriteDeps, writeAnswer } from './answer/write-answer.js';
import type { Assess } from './evidence/evidence.js';
import { withContext } from './generate/context.js';
import type { Generator, Source } from './generate/generate.js';
import type { SettleGenerator } from './generate/settle.js';
import { honestText } from './generate/tampering.js';
import { refuse } from './guard/refuse.js';
import type { Scope } from './guard/scope.js';
import type { ChunkSource } from './ports.js';
import type { Retrieve } from './retrieve/retrieve.js';
import { createHonestRetriever, type OnTampering } from './retrieve/retrieve-honest.js';
import { choiceQuestion, choicesOf } from './understand/ambiguity.js';
import { understandInThread } from './understand/follow-up.js';
import { checkLength, given } from './understand/question.js';
import type { Query, UnderstandDeps } from './understand/understand.js';

export interface AskDeps extends UnderstandDeps {
  retrieve: Retrieve;
  assess: Assess;
  generator: Generator;
  /** Settles who answers a question, which may take a model's loading; absent = always `generator`. */
  settle?: SettleGenerator | undefined;
  chunks: Pick<ChunkSource, 'countChunks' | 'newestArticle' | 'neighbours'>;
  proofs: Proofs;
  /** Whether a question is declined; absent = all are answered. */
  scope?: Scope | undefined;
  /** Gets the addresses of articles that hold text written for a program; absent = nobody wants to know. */
  onTampering?: OnTampering | undefined;
  /** Gets the failure of a model that broke off an answer. */
  onBreak?: WriteDeps['onBreak'];
  /** How the feeds do; absent = unknown. */
  feedHealth?: (() => Promise<FeedHealth[]>) | undefined;
}

export interface AskOptions {
  /** 0..1: with evidence less likely to answer nothing is written. Higher = more silence, fewer wrong answers. */
  minConfidence: number;
}

/** A model reads what single sentences do not show, and may decline by itself: it is asked at half the confidence. */
const MODEL_LENIENCE = 0.5;

/**
 * The last event is `done`, or `error` with a code: `question_empty`, `question_too_long`, or that of the
 * BotError which retrieval or the generator threw. An abort throws the signal's reason.
 */
export function createAsk(given: AskDeps, options: AskOptions): Ask {
  const deps = { ...given, retrieve: createHonestRetriever(given.retrieve, given.onTampering) };
  return async function* ask(question, signal) {
    try {
      yield* answer(deps, options, question, signal);
    } catch (error) {
      if (signal.aborted || !isBotError(error)) {
        throw error;
      }
      yield { type: 'error', code: error.code, message: error.message };
    }
  };
}

async function* answer(
  deps: AskDeps,
  options: AskOptions,
  question: Question,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  checkLength(question.text);
  const earlier = question.earlier ?? [];
  const query = await understandInThread(question.text, earlier, deps);
  const declined = question.passages ? undefined : await deps.scope?.(query, signal);
  if (declined && declined !== 'doubtful') {
    yield* refuse(declined, deps.generator.name);
    return;
  }
  const retrieved = question.passages
    ? given(question.passages)
    : yield* searchPassages(deps, query, question.articles, signal);
  const choices = question.passages ? [] : choicesOf(query, retrieved);
  if (choices.length > 0) {
    yield { type: 'choices', choices };
    yield { type: 'done', answer: askedBack(deps, choices, retrieved) };
    return;
  }
  yield { type: 'status', text: reading(retrieved) };
  const rivals = question.passages ? [] : await findRivals(deps, query, retrieved, signal);
  const assessed = await deps.assess(query, retrieved, signal, rivals);
  const found = withPremiseChecked(deps.proofs, question.text, assessed, retrieved);
  signal.throwIfAborted();
  const settling = deps.settle?.(signal) ?? deps.generator;
  if (settling instanceof Promise) {
    yield { type: 'status', text: `loading ${deps.generator.name}` };
  }
  const generator = await settling;
  const isLenient = generator.style !== 'quotes' && !declined;
  const needed = options.minConfidence * (isLenient ? MODEL_LENIENCE : 1);
  const common = { retrieved, publishersAgree: 0, dropped: 0, generator: generator.name };
  const warningsFor = async (citations: Citation[]) =>
    warningsOf(query, citations, (await deps.feedHealth?.()) ?? [], deps.clock());
  if (found.sentences.length > 0 && found.confidence >= needed) {
    const sources = await sourcesOf(deps.chunks, generator, retrieved);
    const evidence = withSubjectNamed(deps.proofs, generator, found, sources);
    const { text, thread = question.id || undefined, user } = question;
    const request = { question: text, query, sources, evidence, earlier, user, thread };
    const written = yield* writeAnswer(deps, generator, request, signal);
    common.dropped = written.dropped;
    if (written.text !== '') {
      // What is shown in place of an answer is no evidence for one.
      const evident = written.abstained ? [] : written.citations;
      const warnings = question.passages ? [] : await warningsFor(evident);
      const isOld = warnings.length > 0 && !written.abstained;
      const verdict = written.verdict ?? (isOld ? 'old-evidence' : undefined);
      const asOf = newestOf(evident);
      yield { type: 'done', answer: { ...common, ...written, verdict, warnings, asOf } };
      return;
    }
  }
  if (declined && (await deps.chunks.countChunks()) > 0) {
    // Nothing in the articles speaks for a question that may be of another topic.
    yield* refuse('doubtful', deps.generator.name);
    return;
  }
  const silence = await abstain(deps.chunks, retrieved, found.missing);
  yield { type: 'delta', text: silence.text };
  for (const citation of silence.citations) {
    yield { type: 'citation', citation };
  }
  const warnings = question.passages ? [] : await warningsFor([]);
  yield { type: 'done', answer: { ...common, ...silence, warnings } };
}

function askedBack({ generator }: AskDeps, choices: string[], retrieved: Passage[]): Answer {
  return {
    text: choiceQuestion(choices),
    choices,
    citations: [],
    retrieved,
    abstained: true,
    publishersAgree: 0,
    warnings: [],
    dropped: 0,
    generator: generator.name,
  };
}

async function* searchPassages(
  deps: AskDeps,
  query: Query,
  articles: string[] | undefined,
  signal: AbortSignal,
) {
  const count = await deps.chunks.countChunks();
  const event: AnswerEvent = { type: 'status', text: `searching ${count.toLocaleString('en-GB')} passages` };
  yield event;
  return deps.retrieve(query, signal, articles && new Set(articles));
}

/** Only a model needs what stands around a passage: a quote is chosen from the passage alone. */
async function sourcesOf(
  chunks: AskDeps['chunks'],
  generator: Generator,
  passages: Passage[],
): Promise<Source[]> {
  if (generator.style !== 'writes') {
    return passages.map((passage) => ({ passage, context: passage.text }));
  }
  // What is written for a program bears nothing out.
  const sources = await withContext(passages, chunks);
  return sources.map(({ context, passage }) => ({ passage, context: honestText(context) }));
}

function newestOf(citations: Citation[]): string | undefined {
  return (
    citations
      .map(({ publishedAt }) => publishedAt)
      .sort()
      .at(-1) || undefined
  );
}

function reading(passages: Passage[]): string {
  const count = new Set(passages.map((passage) => passage.articleId)).size;
  return `reading ${count} ${count === 1 ? 'article' : 'articles'}`;
}
