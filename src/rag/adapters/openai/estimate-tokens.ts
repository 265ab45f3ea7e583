// How many tokens a text has, for a server that does not count them: meant to be too many rather than too few, since
// a prompt that does not fit is refused. As vocabularies of Llama's kind cut news: figures and signs one by one,
// long words into pieces of three letters, other scripts byte by byte.
const PIECES = /\p{Nd}|\p{Script=Latin}+|[^\S\n]+|[\s\S]/gu;
const LETTERS_PER_TOKEN = 3;
/** Common words of up to so many letters are one token. */
const SHORT_WORD = 4;

export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECES)) {
    if (/^[^\S\n]+$/.test(piece)) {
      // A single space belongs to the word behind it.
      tokens += piece.length > 1 ? 1 : 0;
    } else if (/^\p{Script=Latin}/u.test(piece)) {
      const bytes = Buffer.byteLength(piece);
      tokens += bytes <= SHORT_WORD ? 1 : Math.ceil(bytes / LETTERS_PER_TOKEN);
    } else {
      tokens += Buffer.byteLength(piece);
    }
  }
  return tokens;
}
