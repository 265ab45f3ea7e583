// English swear words by the package obscenity, which sees through look-alike letters, doubled letters and figures for
// letters. A match inside a longer word gives that word; inside a name ("Scunthorpe", "Danushka") it is none.
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';

const NAME = /^\p{Lu}\p{Ll}/u;
const WORD = /[\p{L}\p{N}'’-]/u;

/** Gives the words that hold a match, as they stand in the text. */
export function createSwearingFinder(): (text: string) => string[] {
  const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
  return (text) =>
    matcher.getAllMatches(text, true).flatMap(({ endIndex, startIndex }) => {
      let [from, to] = [startIndex, endIndex + 1];
      while (from > 0 && WORD.test(text[from - 1] ?? '')) {
        from -= 1;
      }
      while (to < text.length && WORD.test(text[to] ?? '')) {
        to += 1;
      }
      const word = text.slice(from, to);
      const isInside = from < startIndex || to > endIndex + 1;
      return isInside && NAME.test(word) ? [] : [word];
    });
}
