// Writes one answer and releases what may be shown. When a model fails while it writes, what was shown stays, and
// the articles that were found stand in for the rest.
import { type Answer, type AnswerEvent, type Passage, VERDICT_WORDS } from '../../domain.js';
import { isBotError } from '../../errors.js';
import type { GenerateRequest, Generator, Source } from '../generate/generate.js';
import { publishersAgreeing } from './agreement.js';
import { type Citer, createCiter } from './cite.js';
import type { Proofs } from './proofs.js';
import { releaseText } from './release.js';

export type WrittenAnswer = Pick<
  Answer,
  'text' | 'citations' | 'verdict' | 'dropped' | 'publishersAgree' | 'abstained' | 'brokeOff'
>;

/**
 * Failures of a model that is most likely well again in a moment, and what the reader is told. The error's own words
 * are for the log: they hold addresses, and what a server said.
 */
const BREAKS: Record<string, string> = {
  model_crashed: 'The model restarted while writing.',
  model_hung: 'The model restarted while writing.',
  model_down: 'The model cannot be started at the moment.',
  model_broke_off: 'The model broke off while writing.',
  model_timeout: 'The model took too long.',
  model_unreachable: 'The model cannot be reached.',
};
const FOUND_ARTICLES = 3;

export interface WriteDeps {
  proofs: Proofs;
  /** Gets the failure of a model whose answer ends with an apology; absent = nobody wants to know. */
  onBreak?: ((error: unknown) => void) | undefined;
}

/** Releases what the generator writes; text '' = nothing that may be shown. */
export async function* writeAnswer(
  { onBreak, proofs }: WriteDeps,
  generator: Generator,
  request: GenerateRequest,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, WrittenAnswer> {
  const { evidence, sources } = request;
  const citer = createCiter();
  const lead = evidence.verdict ? `${VERDICT_WORDS[evidence.verdict]}: ` : '';
  const released = releaseText({ generator, proofs, citer, lead }, request, signal);
  let text = '';
  try {
    let step = await released.next();
    for (; !step.done; step = await released.next()) {
      text += step.value.type === 'delta' ? step.value.text : '';
      yield step.value;
    }
    const { differs, dropped, shown } = step.value;
    const [first] = shown;
    return {
      text,
      citations: citer.citations(),
      verdict: differs ? 'umpires-call' : evidence.verdict,
      dropped,
      publishersAgree: first
        ? publishersAgreeing(first.text, first.sources, citedOf(sources, citer), proofs.isGrounded)
        : 0,
      abstained: false,
    };
  } catch (error) {
    const told = isBotError(error) ? BREAKS[error.code] : undefined;
    if (signal.aborted || !isBotError(error) || !told) {
      throw error;
    }
    onBreak?.(error);
    const apology = yield* apologise(
      told,
      citer,
      text,
      sources.map(({ passage }) => passage),
    );
    return {
      text: text + apology,
      citations: citer.citations(),
      verdict: text === '' ? undefined : evidence.verdict,
      dropped: 0,
      publishersAgree: 0,
      abstained: text === '',
      brokeOff: error.code,
    };
  }
}

/** Agreement is told of what the reader can open: sources that the answer cites. */
function citedOf(sources: Source[], citer: Citer): Source[] {
  const urls = new Set(citer.citations().map(({ url }) => url));
  return sources.filter(({ passage }) => urls.has(passage.url));
}

/** "The model restarted while writing. Here are the articles I had found: [1][2][3]" */
function* apologise(
  told: string,
  citer: Citer,
  shown: string,
  passages: Passage[],
): Iterable<AnswerEvent, string> {
  const numbers: string[] = [];
  for (const passage of nearest(passages)) {
    const isCited = citer.citations().some(({ url }) => url === passage.url);
    const { added, marker } = citer.cite(passage, isCited ? '' : passage.title);
    if (added) {
      yield { type: 'citation', citation: added };
    }
    numbers.push(marker);
  }
  const markers = numbers.toSorted((a, b) => a.length - b.length || a.localeCompare(b)).join('');
  const found = markers === '' ? '' : ` Here are the articles I had found: ${markers}`;
  const text = `${shown === '' ? '' : '\n'}${told}${found}`;
  yield { type: 'delta', text };
  return text;
}

/** The best passage of each of the first articles. */
function nearest(passages: Passage[]): Passage[] {
  const urls = new Set<string>();
  const firsts = passages.filter(({ url }) => url !== '' && !urls.has(url) && urls.add(url));
  return firsts.slice(0, FOUND_ARTICLES);
}
