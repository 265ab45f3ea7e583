// All that is asked of sources once a sentence is written: whether they bear it out, which one it rests on, in
// what words, and whether another one differs.
import type { Clock, Passage } from '../../domain.js';
import type { Source } from '../generate/generate.js';
import { createGroundingCheck, createReader } from '../ground/check.js';
import { createNameReader } from '../ground/names.js';
import type { NameLists } from '../understand/names.js';
import { type Conflict, findConflict } from './conflict.js';
import { createPremiseCheck, type FindPremiseContradicted } from './premise.js';
import { createAttributor, quoteOf } from './quote.js';
import { withSubject } from './subject.js';

export interface Proofs {
  /** Whether the sources together bear out all that the sentence claims; `language` is the sentence's. */
  isGrounded: (sentence: string, sources: Source[], language?: string) => boolean;
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
    attribute: createAttributor(isGrounded),
    quoteOf,
    premiseOf: createPremiseCheck(read, clock),
    withSubject: (sentence, passage) => withSubject(read, sentence, passage),
    conflictOf: (sentence, cited, sources) => findConflict(sentence, cited, sources, read),
  };
}
