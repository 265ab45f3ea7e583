// What the passages say about a question, found without a language model: the sentences that answer best and
// how likely they answer at all. It decides on silence before anything is written, whoever writes.
import type { Passage } from '../../domain.js';
import type { Query } from '../understand/understand.js';
import { logOddsOf, type Weighed } from './confidence.js';
import { definitionFor } from './definition.js';
import type { Meaning } from './meaning.js';
import { missingFrom } from './missing.js';
import { RANKED_BY_MEANING, rankByMeaning, rankSentences, selectSentences } from './select-sentences.js';
import { selectLatest } from './survey.js';

export interface Evidence {
  /** Whole sentences of the passages, word for word, in the order in which they are to be read. */
  sentences: { text: string; passage: Passage }[];
  /** 0..1: how likely they answer the question. */
  confidence: number;
  /** The sentences contradict what the question takes for granted. */
  verdict?: 'otherwise' | undefined;
  /** What the passages do not tell, as a clause: "who will captain Mumbai in 2025"; absent = "answers this". */
  missing?: string | undefined;
}

export type Assess = (
  query: Query,
  passages: Passage[],
  signal: AbortSignal,
  /** Reports that may outdate what the passages claim (answer/rivals.ts); absent = the passages alone tell. */
  rivals?: Passage[],
) => Promise<Evidence>;

export interface AssessDeps {
  meaning: Meaning;
  /** Log odds to subtract for short questions on this index (calibrate.ts); absent = 0. */
  shift?: (() => number) | undefined;
}

/** Passages whose closeness counts. */
const COMPARED = 5;
/** A part of a question is left out below it: the weights are such that more than this is worth saying. */
const SURE = 0.5;
/** A sentence of the very shape that was asked for leaves little doubt. */
const DEFINED = 0.9;

/** Sentences of the passages, best first, and the log odds that they answer; undefined = there is no sentence. */
export async function weighSentences(
  meaning: Meaning,
  query: Query,
  passages: Passage[],
  signal: AbortSignal,
): Promise<Weighed | undefined> {
  const byWords = rankSentences(query, passages);
  if (byWords.length === 0) {
    return undefined;
  }
  const texts = byWords.slice(0, RANKED_BY_MEANING).map(({ candidate }) => candidate.text);
  const ids = passages.slice(0, COMPARED).map(({ id }) => id);
  const [similarities, closeness] = await Promise.all([
    meaning.ofSentences(query.text, texts, signal),
    meaning.ofPassages(query.text, ids, signal),
  ]);
  return {
    query,
    passages,
    ranked: similarities ? rankByMeaning(byWords, similarities) : byWords,
    closeness,
  };
}

/** Evidence of at most about `maxWords` words; for a question of several parts, something for each that has an answer. */
export function createAssessor({ meaning, shift }: AssessDeps, options: { maxWords: number }): Assess {
  async function assessOne(
    query: Query,
    passages: Passage[],
    maxWords: number,
    signal: AbortSignal,
    rivals?: Passage[],
  ): Promise<Evidence> {
    if (query.answerType === 'news') {
      return selectLatest(query, passages, maxWords, rivals);
    }
    const definition = definitionFor(query.text, passages);
    if (definition) {
      return { sentences: [definition], confidence: DEFINED };
    }
    const weighed = await weighSentences(meaning, query, passages, signal);
    const best = weighed?.ranked[0]?.candidate.passage;
    if (!weighed || !best) {
      return { sentences: [], confidence: 0 };
    }
    const confidence = 1 / (1 + Math.exp(-logOddsOf(weighed, shift?.())));
    const missing = missingFrom(query, passages, best);
    return { sentences: selectSentences(weighed.ranked, maxWords), confidence, missing };
  }

  return async (query, passages, signal, rivals) => {
    const { maxWords } = options;
    const whole = () => assessOne(query, passages, maxWords, signal, rivals);
    if (query.parts.length === 0) {
      return whole();
    }
    const share = maxWords / query.parts.length;
    const parts: Evidence[] = [];
    for (const part of query.parts) {
      parts.push(await assessOne(part, passages, share, signal, rivals));
    }
    const sure = parts.filter(({ confidence }) => confidence >= SURE);
    return sure.length > 0 ? together(sure) : whole();
  };
}

/** Each sentence once, in the order of the parts; no surer than the part that is least sure. */
function together(parts: Evidence[]): Evidence {
  const sentences = new Map(parts.flatMap((part) => part.sentences).map((each) => [each.text, each]));
  return {
    sentences: [...sentences.values()],
    confidence: Math.min(...parts.map((part) => part.confidence)),
  };
}
