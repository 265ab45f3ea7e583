// What misspelt words were meant to be. Candidates are the indexed stems with the same first letter, words of
// names that sound alike, and words of names that hold a right word standing beside: of "shreyash ayer" the
// first is Shreyas by its sound, and then the second is Iyer.
import { stemmer } from 'stemmer';
import { editDistance, nearestStem } from './nearest-stem.js';
import { soundOf } from './sound.js';

interface Term {
  term: string;
  count: number;
}

export interface Vocabulary {
  /** Stems that begin as the word does. */
  sameLetter(word: string): Term[];
  soundingLike(word: string): Term[];
  /** Words of names that hold the given one. */
  beside(word: string): Term[];
}

const SHORTEST = 4;
/** Edits that are worth what one more sign is worth. */
const SOUND_GAIN = 0.75;
const BESIDE_GAIN = 1.5;

/** For each word the likeliest stem or name, undefined = none is near; `beside` are right words of the text. */
export function nearestWords(
  words: string[],
  beside: string[],
  vocabulary: Vocabulary,
): (string | undefined)[] {
  const first = words.map((word) => nearest(word, beside, vocabulary));
  if (words.length === 1) {
    return first;
  }
  return words.map((word, i) => {
    const others = first.filter((each, j) => each !== undefined && j !== i) as string[];
    return nearest(word, [...beside, ...others], vocabulary);
  });
}

function nearest(word: string, beside: string[], vocabulary: Vocabulary): string | undefined {
  if (word.length < SHORTEST || /\d/.test(word)) {
    return undefined;
  }
  const named = new Set(beside.flatMap((other) => vocabulary.beside(other)).map(({ term }) => term));
  const names = [...vocabulary.soundingLike(word), ...[...named].map((term) => ({ term, count: 1 }))].flatMap(
    (candidate) => scored(word, candidate, named),
  );
  const [best] = names.sort((a, b) => a.score - b.score || b.count - a.count);
  const stem = nearestStem(word, vocabulary.sameLetter(word));
  if (!best) {
    return stem;
  }
  return stem === undefined || best.score < editDistance(stemmer(word), stem, word.length) ? best.term : stem;
}

/** Edits less what speaks for the candidate; [] = it is too far. */
function scored(word: string, { count, term }: Term, named: Set<string>) {
  const soundsAlike = soundOf(word) === soundOf(term);
  const most = mostEdits(word.length, soundsAlike || named.has(term));
  const distance = term.length < SHORTEST - 1 ? most + 1 : editDistance(word, term, most);
  const gain = (soundsAlike ? SOUND_GAIN : 0) + (named.has(term) ? BESIDE_GAIN : 0);
  return distance > most ? [] : [{ term, count, score: distance - gain }];
}

function mostEdits(length: number, isLikely: boolean): number {
  return (length >= 8 ? 2 : 1) + (isLikely && length >= 6 ? 1 : 0);
}
