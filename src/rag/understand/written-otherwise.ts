// What one writer puts in figures or letters and another in words: "8 weeks" and "an eight-week ban", "GB" and "Britain".
import { stems } from './terms.js';

const NUMBERS = (
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen twenty'
).split(' ');
/** Short forms of the language, not of the game: those are in config/cricket.yaml. */
const SHORT: [string, string][] = [
  ['gb', 'Britain'],
  ['uk', 'Britain'],
  ['utd', 'United'],
  ['govt', 'government'],
  ['intl', 'international'],
];

const OTHERWISE = new Map<string, string[]>([
  ...NUMBERS.flatMap((word, i): [string, string[]][] => {
    const figure = String(i + 1);
    const stem = stems(word);
    return [[figure, stem], ...stem.map((each): [string, string[]] => [each, [figure]])];
  }),
  ...SHORT.flatMap(([short, long]) => stems(short).map((stem): [string, string[]] => [stem, stems(long)])),
]);

/** For those of the stems that are written in another way too, the stems of that way; all of them must be there. */
export function writtenOtherwise(found: Iterable<string>): [string, string[]][] {
  return [...found].flatMap((stem): [string, string[]][] => {
    const other = OTHERWISE.get(stem);
    return other && other.length > 0 ? [[stem, other]] : [];
  });
}
