// English swear words by the package obscenity, which sees through look-alike letters, doubled letters and figures for
// letters. A match inside a longer word gives that word; inside a name ("Scunthorpe", "Danushka") it is none, nor is a number.
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';

const NAME = /^\p{Lu}\p{Ll}/u;
const WORD = /[\p{L}\p{N}'’-]/u;
/** 455 runs are runs, though 4 may stand for an a and 5 for an s. */
const FIGURES = /^[\p{N}\s.,/–-]+$/u;

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
      const isFigure = FIGURES.test(text.slice(startIndex, endIndex + 1));
      return isFigure || (isInside && NAME.test(word)) ? [] : [word];
    });
}
