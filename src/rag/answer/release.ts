// Nothing that is written reaches a person unchecked. Text is taken in as it streams, cut into sentences, and
// each is shown only when the passages that it cites exist and bear out its claims. For one that fails the
// writer is asked again, once; after a second failure the cited source's own words stand for it, or it is dropped and
// counted. What was shown is never taken back.
import { type AnswerEvent, VERDICT_WORDS } from '../../domain.js';
import type { GenerateRequest, Generator, Source } from '../generate/generate.js';
import type { Citer } from './cite.js';
import { citedSentences } from './cited-sentences.js';
import { inSourceWords } from './in-source-words.js';
import type { Proofs } from './proofs.js';
import type { WrittenSentence } from './stream-sentences.js';
import { waitInWords } from './wait-in-words.js';

export interface ReleaseDeps {
  generator: Generator;
  proofs: Proofs;
  citer: Citer;
  /** Stands before the first sentence that is shown, with its space; '' = nothing. */
  lead: string;
}

/** A sentence that was shown, without markers. */
export interface Shown {
  text: string;
  sources: Source[];
}

export interface Released {
  shown: Shown[];
  /** Sentences that failed twice, and whose source had no words for it. */
  dropped: number;
  /** Sources differ with what was shown, and that was told. */
  differs: boolean;
  /** The writer itself said that the passages do not answer. */
  declined: boolean;
}

/** Fresh starts for one answer; further failures are dropped at once, so that a stubborn writer comes to an end. */
const MOST_RETRIES = 4;
/** How a model says that it cannot answer; the instructions ask for these words. */
const DECLINES = /^\s*(?:umpire.{0,3}s call:\s*)?(?:there is )?not enough evidence\b/i;

/** Yields citations and text as they may be shown; a citation comes before its first use. */
export async function* releaseText(
  deps: ReleaseDeps,
  request: GenerateRequest,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, Released> {
  const state: State = { shown: [], dropped: 0, differs: false, declined: false, written: '' };
  let again: GenerateRequest['again'];
  for (let retries = MOST_RETRIES; ; retries -= 1) {
    const rejected = yield* writeOnce(deps, { ...request, again }, state, retries > 0, signal);
    if (rejected === undefined) {
      const { written: _, ...released } = state;
      return released;
    }
    again = { written: state.written, rejected };
  }
}

interface State extends Released {
  /** What was shown, as it was written: the writer goes on from there. */
  written: string;
}

/** One run of the writer until it ends, or until a sentence fails that may be asked for again: that sentence. */
async function* writeOnce(
  deps: ReleaseDeps,
  request: GenerateRequest,
  state: State,
  mayRetry: boolean,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, string | undefined> {
  // The first sentence after a fresh start stands for the rejected one: it had its second chance.
  let isSecond = request.again !== undefined;
  // A quotation keeps the language of its article.
  const { instructions = '', style } = deps.generator;
  const language = style === 'writes' ? request.query.language : 'en';
  // A quotation is what it is.
  const isOwn = (text: string, sources: Source[]) =>
    style === 'quotes' || deps.proofs.isOwnWords(text, sources, request, instructions);
  for await (const sentence of citedSentences(deps.generator, request, signal)) {
    signal.throwIfAborted();
    if ('ahead' in sentence) {
      yield { type: 'status', text: waitInWords(sentence) };
      continue;
    }
    if (state.shown.some(({ text }) => text === sentence.text)) {
      continue;
    }
    if (DECLINES.test(sentence.text)) {
      state.declined = true;
      return undefined;
    }
    const sources = sourcesOf(deps, sentence, request.sources);
    const isSound = sources.length > 0 && isOwn(sentence.text, sources);
    if (isSound && deps.proofs.isGrounded(sentence.text, sources, language)) {
      yield* show(deps, state, sentence, sources, request.sources);
    } else if (mayRetry && !isSecond) {
      return sentence.raw.trim();
    } else {
      const told = language === 'en' ? inSourceWords(deps.proofs, sentence.text, sources) : undefined;
      const isNew = told && state.shown.every(({ text }) => text !== told.text);
      if (isNew) {
        const raw = ` ${told.text} [${request.sources.indexOf(told.source) + 1}]`;
        yield* show(deps, state, { ...sentence, text: told.text, raw }, [told.source], request.sources);
      } else {
        state.dropped += 1;
      }
    }
    isSecond = false;
  }
  return undefined;
}

/** The passages that it cites; [] when one of them does not exist, or when it cites none and nothing bears it out. */
function sourcesOf({ proofs }: ReleaseDeps, { cites, text }: WrittenSentence, all: Source[]): Source[] {
  if (cites.length === 0) {
    const source = proofs.attribute(text, all);
    return source ? [source] : [];
  }
  const sources = cites.flatMap((n) => all[n - 1] ?? []);
  return sources.length === cites.length ? sources : [];
}

function* show(
  deps: ReleaseDeps,
  state: State,
  { raw, text }: WrittenSentence,
  sources: Source[],
  all: Source[],
): Iterable<AnswerEvent> {
  const { citer, lead, proofs } = deps;
  const before = state.shown.length > 0 ? ' ' : lead;
  const marker = yield* markersOf(deps, text, sources);
  const conflict = state.differs ? undefined : proofs.conflictOf(text, sources, all);
  if (conflict) {
    state.differs = true;
    const { about, ours, source, theirs } = conflict;
    const { added, marker: rival } = citer.cite(source.passage, proofs.quoteOf(theirs, source));
    if (added) {
      yield { type: 'citation', citation: added };
    }
    const line = `${VERDICT_WORDS['umpires-call']}: sources differ on ${about}.`;
    const start = state.shown.length > 0 ? '\n' : '';
    yield { type: 'delta', text: `${start}${line}\n${ours} ${marker} · ${theirs} ${rival}\n` };
  }
  state.shown.push({ text, sources });
  state.written += raw;
  yield { type: 'delta', text: `${conflict ? '' : before}${text} ${marker}` };
}

/** Cites the sources and gives their markers, "[1][3]". */
function* markersOf(
  { citer, proofs }: ReleaseDeps,
  text: string,
  sources: Source[],
): Iterable<AnswerEvent, string> {
  const markers = new Set<string>();
  for (const source of sources) {
    const { added, marker } = citer.cite(source.passage, proofs.quoteOf(text, source));
    if (added) {
      yield { type: 'citation', citation: added };
    }
    markers.add(marker);
  }
  return [...markers].join('');
}
