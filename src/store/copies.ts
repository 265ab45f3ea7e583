// Whether one text is an edited copy of another: the same report with another headline, a rewritten opening,
// paragraphs cut or added, a credit at its end. What counts is how much of each text stands in shared runs of
// words, so one changed word costs one word and not the four shingles around it. Texts from one template
// (previews, score summaries) share runs, too, but not the names and numbers between them.
import { SHINGLE, shinglesOf, wordsOf } from './shingles.js';

/** In a shorter text ("Follow live text commentary of the match") equal words say nothing. */
const FEWEST_WORDS = 40;
/** Shares of the words of the text that has more, and less, in common with the other. */
const LEAST_OF_CLOSER = 0.6;
const LEAST_OF_OTHER = 0.4;
/** Share of the names and numbers of the text that has fewer. */
const LEAST_OF_FACTS = 0.6;

interface Reading {
  words: number;
  shingles: Uint32Array;
  known: Set<number>;
  facts: Set<string>;
}

/** A test whether another text is a copy of this one; it gives the same with the two exchanged. */
export function createCopyTest(text: string): (other: string) => boolean {
  const own = read(text);
  return (otherText) => {
    const other = read(otherText);
    if (Math.min(own.words, other.words) < FEWEST_WORDS) {
      return false;
    }
    const { closer, facts, other: less } = likeness(own, other);
    return closer >= LEAST_OF_CLOSER && less >= LEAST_OF_OTHER && facts >= LEAST_OF_FACTS;
  };
}

function likeness(a: Reading, b: Reading): { closer: number; other: number; facts: number } {
  const shares = [covered(a, b) / a.words, covered(b, a) / b.words];
  return { closer: Math.max(...shares), other: Math.min(...shares), facts: sharedFacts(a.facts, b.facts) };
}

function read(text: string): Reading {
  const words = wordsOf(text);
  const shingles = shinglesOf(words);
  return { words: words.length, shingles, known: new Set(shingles), facts: factsOf(text) };
}

/** How many words of `text` stand in a shingle that `other` has, too. */
function covered(text: Reading, other: Reading): number {
  let count = 0;
  let end = 0;
  for (const [i, shingle] of text.shingles.entries()) {
    if (other.known.has(shingle)) {
      count += i + SHINGLE - Math.max(i, end);
      end = i + SHINGLE;
    }
  }
  return count;
}

function sharedFacts(a: Set<string>, b: Set<string>): number {
  const fewest = Math.min(a.size, b.size);
  return fewest === 0 ? 1 : [...a].filter((fact) => b.has(fact)).length / fewest;
}

/** Words with a figure, and words with a capital that do not open a sentence or a line. */
function factsOf(text: string): Set<string> {
  const words = text.matchAll(
    /(?:(?<opens>^|[.!?:"“”'‘’]\s*)|\s)(?<word>\p{Lu}[\p{L}\p{M}]+|\p{N}[\p{N}.,:/-]*)/gmu,
  );
  const facts = new Set<string>();
  for (const { groups } of words) {
    const word = groups?.['word'] ?? '';
    if (groups?.['opens'] === undefined || /\p{N}/u.test(word)) {
      facts.add(word.toLowerCase().replace(/[.,:/-]+$/, ''));
    }
  }
  return facts;
}
