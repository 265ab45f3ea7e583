// What misspelt words were meant to be. Candidates are the indexed stems with the same first letter, words of
// names that begin or sound alike, and words of names that hold a right word standing beside: of "shreyash ayer"
// the first is Shreyas by its sound, and then the second is Iyer.
import { stemmer } from 'stemmer';
import { editDistance, nearestStem, type Term } from './nearest-stem.js';
import { spellingOf } from './sound.js';

export interface Vocabulary {
  /** Stems that begin with these letters. */
  stems(letters: string): string[];
  /** In how many chunks a stem stands. */
  countOf(stem: string): number;
  /** Words of names that begin with these letters. */
  beginning(letters: string): Term[];
  soundingLike(word: string): Term[];
  /** Words of names that hold the given one. */
  beside(word: string): Term[];
}

const SHORTEST = 4;
/** A shorter word that is an edit away from another is most often a word of its own. */
const SHORTEST_MISTYPED = 5;
const LONG = 8;
/** Edits that are worth what one more sign is worth. */
const SOUND_GAIN = 0.75;
const BESIDE_GAIN = 1.5;
/** One edit that is not heard, or two in a name of which another part is right. */
const SURE = 0.5;
/** Endings that names do not have. */
const ENGLISH_ENDING = /(ship|ness|ity|tion|ment|ancy|ency|able|ing|ed|ly)$/;

/** What is known of the words beside their letters. */
export interface Hints {
  /** Right words of the same text. */
  beside: string[];
  /** Those that are written as names there, with a capital letter: a name that nobody wrote about is no mistake. */
  names: string[];
}

/** For each word the likeliest stem or name; undefined = none is near. */
export function nearestWords(words: string[], hints: Hints, source: Vocabulary): (string | undefined)[] {
  const vocabulary = { ...source, stems: remembered(source.stems), beginning: remembered(source.beginning) };
  const first = words.map((word) => nearest(word, hints, vocabulary));
  if (first.filter(Boolean).length === 0 || words.length === 1) {
    return first;
  }
  return words.map((word, i) => {
    const others = first.filter((each, j) => each !== undefined && j !== i) as string[];
    return nearest(word, { ...hints, beside: [...hints.beside, ...others] }, vocabulary);
  });
}

/** Each list is read once a text: many words are looked at twice. */
function remembered<Item>(read: (letters: string) => Item[]): (letters: string) => Item[] {
  const known = new Map<string, Item[]>();
  return (letters) => {
    const items = known.get(letters) ?? read(letters);
    known.set(letters, items);
    return items;
  };
}

function nearest(word: string, { beside, names }: Hints, vocabulary: Vocabulary): string | undefined {
  if (word.length < SHORTEST || /\d/.test(word)) {
    return undefined;
  }
  const isName = names.includes(word);
  const named = new Map(beside.flatMap((other) => vocabulary.beside(other)).map((each) => [each.term, each]));
  const first = word.charAt(0);
  const alike = vocabulary.soundingLike(word);
  const sounding = new Set(alike.map(({ term }) => term));
  const candidates = [...vocabulary.beginning(first), ...alike, ...named.values()];
  const [best] = (ENGLISH_ENDING.test(word) ? [] : candidates)
    .flatMap((candidate) =>
      scored(word, candidate, { isBeside: named.has(candidate.term), sounds: sounding.has(candidate.term) }),
    )
    .filter(({ score }) => !isName || score <= SURE)
    .sort((a, b) => a.score - b.score || b.count - a.count);
  if (isName) {
    return best?.term ?? shortened(vocabulary.beginning(word).filter(({ term }) => named.has(term)));
  }
  const stem =
    word.length < SHORTEST_MISTYPED
      ? undefined
      : nearestStem(word, vocabulary.stems(first), vocabulary.countOf);
  if (best && (stem === undefined || best.score <= editDistance(stemmer(word), stem, LONG))) {
    return best.term;
  }
  return stem ?? shortened(vocabulary.beginning(word));
}

/** Edits less what speaks for the candidate; [] = it is too far. */
function scored(
  word: string,
  { count, term }: Term,
  { isBeside, sounds }: { isBeside: boolean; sounds: boolean },
): (Term & { score: number })[] {
  if (term.length < SHORTEST) {
    return [];
  }
  // A short word of another first letter is most often another word: "warm" is not Varma.
  const mayDiffer = word.length > SHORTEST + 1 || isBeside || word.charAt(0) === term.charAt(0);
  const soundsAlike = mayDiffer && sounds;
  const lengthGap = Math.abs(term.length - word.length);
  const isSame = soundsAlike && lengthGap <= 1 && word.charAt(0) === term.charAt(0);
  const isLikely = ((isSame || isBeside) && word.length >= SHORTEST + 2) || (soundsAlike && isBeside);
  const most = (word.length >= LONG ? 2 : 1) + (isLikely ? 1 : 0);
  if (lengthGap > Math.max(most, 2)) {
    return [];
  }
  // Two letters for one sound ("ph", "f") are no two mistakes.
  const asHeard =
    soundsAlike && word.length >= LONG ? editDistance(spellingOf(word), spellingOf(term), most) : most + 1;
  const asWritten =
    word.length < SHORTEST_MISTYPED && !soundsAlike && !isBeside ? most + 1 : editDistance(word, term, most);
  const distance = Math.min(asWritten, asHeard);
  const gain = (soundsAlike ? SOUND_GAIN : 0) + (isBeside ? BESIDE_GAIN : 0);
  return distance > most ? [] : [{ term, count, score: distance - gain }];
}

/** "surya" of Suryakumar: the one name, or the one far more often written, that begins with the word. */
function shortened(names: Term[]): string | undefined {
  const [best, next] = [...names].sort((a, b) => b.count - a.count);
  return best && (!next || next.count * 2 < best.count) ? best.term : undefined;
}
