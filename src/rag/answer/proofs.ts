// All that is asked of sources once a sentence is written: whether they bear it out, which one it rests on, in
// what words, and whether another one differs.
import type { Clock, Passage } from '../../domain.js';
import type { GenerateRequest, Source } from '../generate/generate.js';
import { createGroundingCheck, createReader } from '../ground/check.js';
import { createNameReader } from '../ground/names.js';
import { echoes, speaksOf } from '../guard/echo.js';
import { carriesPayload } from '../guard/payload.js';
import type { NameLists } from '../understand/names.js';
import { type Conflict, findConflict } from './conflict.js';
import { createPremiseCheck, type FindPremiseContradicted } from './premise.js';
import { createAttributor, quoteOf } from './quote.js';
import { withSubject } from './subject.js';

export interface Proofs {
  /** Whether the sources together bear out all that the sentence claims; `language` is the sentence's. */
  isGrounded: (sentence: string, sources: Source[], language?: string) => boolean;
  /** Whether a writer's words are the sources' and the question's, none of its instructions, and no code or number to call. */
  isOwnWords: (
    sentence: string,
    sources: Source[],
    request: GenerateRequest,
    instructions: string,
  ) => boolean;
  /** The source that an unmarked sentence most likely rests on; undefined = none bears it out. */
  attribute: (sentence: string, sources: Source[]) => Source | undefined;
  /** The words of a source that a sentence rests on. */
  quoteOf: (sentence: string, source: Source) => string;
  /** A sentence that contradicts what the question takes for granted; undefined = none surely does. */
  premiseOf: FindPremiseContradicted;
  /** A quotation with its first pronoun resolved, where one person alone fits. */
  withSubject: (sentence: string, passage: Passage) => string;
  /** A source that differs with the sentence on a figure; undefined = none surely does. */
  conflictOf: (sentence: string, cited: Source[], sources: Source[]) => Conflict | undefined;
}

export function createProofs(names: NameLists, clock: Clock): Proofs {
  const readNames = createNameReader(names);
  const findUngrounded = createGroundingCheck(readNames, clock);
  const read = createReader(readNames);
  const isGrounded: Proofs['isGrounded'] = (sentence, sources, language) =>
    findUngrounded(sentence, sources, language).length === 0;
  return {
    isGrounded,
    isOwnWords,
    attribute: createAttributor(isGrounded),
    quoteOf,
    premiseOf: createPremiseCheck(read, clock),
    withSubject: (sentence, passage) => withSubject(read, sentence, passage),
    conflictOf: (sentence, cited, sources) => findConflict(sentence, cited, sources, read),
  };
}

function isOwnWords(
  sentence: string,
  sources: Source[],
  { query, question }: GenerateRequest,
  instructions: string,
): boolean {
  const restsOn = sources.flatMap(({ context, passage }) => [
    passage.header,
    passage.title,
    passage.text,
    context,
  ]);
  // Another language has other words for the same.
  const isOfThem = query.language !== 'en' || speaksOf(sentence, [question, query.spelledOut, ...restsOn]);
  const headlines = sources.map(({ passage }) => passage.title);
  const texts = sources.map(({ context }) => context);
  const isPlainSpeech = !carriesPayload(sentence, {
    question: `${question} ${query.spelledOut}`,
    headlines,
    texts,
  });
  return isOfThem && isPlainSpeech && !echoes(sentence, instructions);
}
