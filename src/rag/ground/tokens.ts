// Text made comparable and cut into words, numbers and signs, for reading claims out of it.

export interface Token {
  /** As it stands in the folded text. */
  text: string;
  lower: string;
  isNumber: boolean;
  isWord: boolean;
  /** Begins with a capital letter. */
  isCapital: boolean;
  /** Stands right after the token before it, without a space. */
  isGlued: boolean;
  /** Begins a sentence, or a quotation. */
  isFirst: boolean;
}

/** One spelling of apostrophes, dashes, quotation marks, spaces and accents; thousands without commas. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/(?<=\d),(?=\d{2,3}(?:\D|$)|\d{2},\d)/g, '')
    .replace(/\s+/g, ' ');
}

const TOKEN = /\d+(?:\.\d+)?|\p{L}[\p{L}\d]*(?:'\p{L}+)*\d*|\S/gu;

/** Tokens of a folded text. A word may hold digits after its first letter ("T20"). */
export function tokensOf(folded: string): Token[] {
  const tokens: Token[] = [];
  let end = -1;
  for (const { 0: text, index } of folded.matchAll(TOKEN)) {
    const before = tokens.at(-1);
    const isWord = /^\p{L}/u.test(text);
    tokens.push({
      text,
      lower: text.toLowerCase(),
      isNumber: /^\d/.test(text),
      isWord,
      isCapital: /^\p{Lu}/u.test(text),
      isGlued: index === end,
      isFirst: isWord && (!before || before.text === '"' || (index !== end && isStop(tokens))),
    });
    end = index + text.length;
  }
  return tokens;
}

/** The last token ends a sentence; the stop of an initial ("K.L. Rahul") does not. */
function isStop(tokens: Token[]): boolean {
  const [initial, stop] = tokens.slice(-2);
  const isInitial = stop?.text === '.' && stop.isGlued && /^\p{Lu}$/u.test(initial?.text ?? '');
  return /^[.!?:]$/.test(stop?.text ?? '') && !isInitial;
}

/** "Starc's" is Starc; "Knight Riders'" loses its apostrophe as a sign of its own. */
export function bare(word: string): string {
  return word.replace(/'s$/, '');
}
