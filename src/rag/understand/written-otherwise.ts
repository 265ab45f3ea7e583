// What one writer puts in figures or letters and another in words: "8 weeks" and "an eight-week ban", "GB" and "Britain".
import { stemmer } from 'stemmer';

const NUMBERS = (
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen twenty'
).split(' ');
/** Short forms of the language, not of the game: those are in config/cricket.yaml. */
const IN_FULL = new Map(
  Object.entries({
    gb: 'britain',
    uk: 'britain',
    utd: 'united',
    govt: 'government',
    intl: 'international',
  }),
);
const OTHERWISE = new Map([
  ...NUMBERS.flatMap((word, i): [string, string][] => [
    [String(i + 1), word],
    [word, String(i + 1)],
  ]),
  ...IN_FULL,
]);

/** Of words in small letters, stems of those that are written in another way too, as Query.equivalents has them. */
export function writtenOtherwise(words: string[]): [string, string[]][] {
  return words.flatMap((word): [string, string[]][] => {
    const other = OTHERWISE.get(word);
    return other === undefined ? [] : [[stemmer(word), [stemmer(other)]]];
  });
}

/** What short forms among the words stand for. Numbers are not searched for otherwise: "Six Nations" is no 6. */
export function inFull(words: string[]): string[] {
  return words.flatMap((word) => IN_FULL.get(word) ?? []);
}
