// The evidence as it is told: with what the question wrongly takes for granted set right, and with the first "he" of a
// quotation named.
import type { Passage } from '../../domain.js';
import type { Evidence } from '../evidence/evidence.js';
import { candidatesOf } from '../evidence/sentence-features.js';
import type { Generator, Source } from '../generate/generate.js';
import type { Proofs } from './proofs.js';

/** A sentence that contradicts the question answers it, however little the two have in common. */
const CONTRADICTED = 0.9;
/** The sentence that contradicts is seldom the one that shares most words. */
const PASSAGES_READ = 6;

/** The contradicting sentence alone, under its verdict, where there surely is one. */
export function withPremiseChecked(
  proofs: Proofs,
  question: string,
  evidence: Evidence,
  passages: Passage[],
): Evidence {
  const all = [...evidence.sentences, ...candidatesOf(passages.slice(0, PASSAGES_READ))];
  const told = proofs.premiseOf(question, all);
  const confidence = Math.max(evidence.confidence, CONTRADICTED);
  return told
    ? {
        ...evidence,
        sentences: [{ text: told.text, passage: told.passage }],
        verdict: 'otherwise',
        confidence,
      }
    : evidence;
}

/** Quotations that begin in the middle of a report, made to stand alone; a writer finds its own words. */
export function withSubjectNamed(
  proofs: Proofs,
  { style }: Generator,
  evidence: Evidence,
  sources: Source[],
): Evidence {
  const [first, ...rest] = evidence.sentences;
  if (!first || style !== 'quotes') {
    return evidence;
  }
  const text = proofs.withSubject(first.text, first.passage);
  const source = sources.filter(({ passage }) => passage.id === first.passage.id);
  return text !== first.text && proofs.isGrounded(text, source)
    ? { ...evidence, sentences: [{ ...first, text }, ...rest] }
    : evidence;
}
