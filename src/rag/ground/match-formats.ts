// Whether a format that a sentence names ("ODI") is the one that its sources tell of.
import type { Token } from './tokens.js';

const FORMATS = [
  /^(?:tests?|test match(?:es)?)$/,
  /^(?:odis?|one-day(?:er|ers)?|one - day internationals?|one - day|50 - over|list a)$/,
  /^(?:t20s?|t20is?|twenty20s?|twenty20 internationals?|t20 internationals?|20 - over)$/,
];

/** Index of the format that the words name; -1 = they name none. */
export function formatOf(words: string): number {
  return FORMATS.findIndex((pattern) => pattern.test(words));
}

/** What is left open is no contradiction: a format is wrong only where another one is named and it is not. */
export function isFormatBorneOut(format: number, texts: { tokens: Token[] }[]): boolean {
  const named = new Set(
    texts.flatMap(({ tokens }) =>
      tokens.map((token, i) => {
        const isTied = tokens[i + 1]?.text === '-';
        const words = isTied ? `${token.lower} - ${tokens[i + 2]?.lower}` : token.lower;
        return FORMATS.findIndex((format) => format.test(words) && (token.isCapital || words.includes(' ')));
      }),
    ),
  );
  return named.has(format) || [...named].every((other) => other < 0);
}
