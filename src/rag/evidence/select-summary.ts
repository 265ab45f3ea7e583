// The sentences that tell a story in short: of its first report, those of the opening that hold most of the headline,
// whose words are what an editor found worth telling. News opens with its point, so an early sentence is preferred.
import type { Passage } from '../../domain.js';
import { stems } from '../understand/terms.js';
import type { Query } from '../understand/understand.js';
import { type Candidate, candidatesOf, coverage } from './sentence-features.js';
import { isSuperseded } from './superseded.js';

const MOST_SENTENCES = 2;
const MOST_WORDS = 60;
const LONGEST_SENTENCE = 45;
const FEWEST_WORDS = 6;
/** Sentences of a report that are looked at. */
const OPENING = 8;
/** What a sentence loses in coverage, 0..1, by each one before it. */
const LATENESS = 0.06;
/** Share of a sentence's telling words that its reader must not know. */
const LEAST_NEW = 0.4;
const WHOLE = /[.!?]["'”’)]*$/;
const POINTS_BACK =
  /^["'“‘]?(?:i|we|you|my|our|he|she|they|it|his|her|their|its|this|that|these|those|but|and|however|meanwhile|also)\b/i;
/** What a page says about itself. */
const PAGE =
  /\b(?:click here|listen to|subscribe|sign up|this website|read more|follow us|live stream|affiliate|newsletter)\b/i;

/**
 * At most two sentences of one passage's article in reading order; of the first article that has any. [] = none may
 * be quoted, or none tells what is not in `known`. `withSubject` names the first pronoun where it can.
 */
export function selectSummary(
  query: Query,
  passages: Passage[],
  known: string[],
  withSubject: (sentence: string, passage: Passage) => string,
): { text: string; passage: Passage }[] {
  const told = new Set(known.flatMap(stems));
  for (const articleId of new Set(passages.map((passage) => passage.articleId))) {
    const own = passages.filter((passage) => passage.articleId === articleId);
    const candidates = unique(candidatesOf(own)).slice(0, OPENING);
    const ranked = candidates
      .map((candidate, place) => ({
        candidate,
        place,
        score: coverage(query, stems(candidate.text)) - LATENESS * place,
      }))
      .filter(({ candidate: { passage, text } }) => isTelling(text) && !isSuperseded(text, passage, passages))
      .filter(({ candidate }) => known.length === 0 || isNew(candidate.text, told))
      .sort((a, b) => b.score - a.score);
    const first = ranked.find(({ candidate }) => canOpen(candidate, withSubject));
    if (!first) {
      continue;
    }
    const rest = ranked.filter(
      ({ candidate, place }) =>
        place > first.place && (canOpen(candidate, withSubject) || place === first.place + 1),
    );
    const chosen = [first];
    let length = countWords(first.candidate.text);
    for (const one of rest) {
      const more = countWords(one.candidate.text);
      if (chosen.length < MOST_SENTENCES && length + more <= MOST_WORDS) {
        chosen.push(one);
        length += more;
      }
    }
    return chosen.map(({ candidate: { passage, text } }, i) => ({
      text: i === 0 ? withSubject(text, passage) : text,
      passage,
    }));
  }
  return [];
}

/** Chunks overlap. */
function unique(candidates: Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ text }) => !seen.has(text) && seen.add(text));
}

function isTelling(text: string): boolean {
  const length = countWords(text);
  return length >= FEWEST_WORDS && length <= LONGEST_SENTENCE && WHOLE.test(text) && !PAGE.test(text);
}

/** What points back is said first only when whoever it means can be named. */
function canOpen(
  { passage, text }: Candidate,
  withSubject: (sentence: string, passage: Passage) => string,
): boolean {
  return !POINTS_BACK.test(text) || withSubject(text, passage) !== text;
}

function isNew(text: string, told: Set<string>): boolean {
  const own = [...new Set(stems(text))];
  return own.filter((stem) => !told.has(stem)).length / Math.max(1, own.length) >= LEAST_NEW;
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
