// What a text says to a reader's eye: nothing hidden, and letters that only look Latin made Latin. Rules are matched
// against this, so that a rule need not know how a word may be disguised; nothing of it is ever shown.

/** Letters of other scripts that look like a Latin one (Unicode TR 39's confusables, the few that are in use). */
const LOOKALIKES = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    ё: 'e',
    ғ: 'f',
    һ: 'h',
    н: 'h',
    і: 'i',
    ї: 'i',
    ј: 'j',
    к: 'k',
    ӏ: 'l',
    м: 'm',
    п: 'n',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    г: 'r',
    ѕ: 's',
    т: 't',
    ц: 'u',
    ѵ: 'v',
    ԝ: 'w',
    ѡ: 'w',
    х: 'x',
    у: 'y',
    α: 'a',
    β: 'b',
    ϲ: 'c',
    δ: 'd',
    ε: 'e',
    η: 'n',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    σ: 'o',
    τ: 't',
    υ: 'u',
    χ: 'x',
    γ: 'y',
    ω: 'w',
    ᴀ: 'a',
    ʙ: 'b',
    ᴄ: 'c',
    ᴅ: 'd',
    ᴇ: 'e',
    ꜰ: 'f',
    ɢ: 'g',
    ʜ: 'h',
    ɪ: 'i',
    ᴊ: 'j',
    ᴋ: 'k',
    ʟ: 'l',
    ᴍ: 'm',
    ɴ: 'n',
    ᴏ: 'o',
    ᴘ: 'p',
    ʀ: 'r',
    ꜱ: 's',
    ᴛ: 't',
    ᴜ: 'u',
    ᴠ: 'v',
    ᴡ: 'w',
    ʏ: 'y',
    ᴢ: 'z',
    ɑ: 'a',
    ı: 'i',
    ł: 'l',
    ø: 'o',
    đ: 'd',
    ƒ: 'f',
    ß: 'ss',
    ɡ: 'g',
    ո: 'n',
    օ: 'o',
    ս: 'u',
  }),
);
const LETTER = /\p{L}/u;
const LATIN = /\p{Script=Latin}/u;
/** Format characters (zero-width, bidi, tags), variation selectors and fillers. */
const HIDDEN =
  /\p{Cf}|\u034f|[\u115f\u1160\u3164\uffa0]|\u17b4|\u17b5|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;
const MARKS = /(?<=\p{Script=Latin})\p{M}+/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The text without characters that nobody sees, compatibility forms made plain; its scripts stay as they are. */
export function withoutInvisible(text: string): string {
  return text.normalize('NFKC').replace(HIDDEN, '');
}

/** The text as a reader sees it, its case kept: look-alike letters Latin, nothing hidden. */
export function plainForm(text: string): string {
  return withoutInvisible(text).replace(WORD, (word) =>
    isDisguised(word.toLowerCase()) ? undisguised(word.toLowerCase()) : word,
  );
}

/**
 * The same in lower case with look-alikes made Latin and without accents on Latin letters. A word that holds no Latin
 * letter keeps its script unless all of it looks Latin: Russian stays Russian.
 */
export function plainLetters(text: string): string {
  const lower = withoutInvisible(text).normalize('NFKD').replace(MARKS, '').toLowerCase();
  return lower.normalize('NFC').replace(WORD, (word) => (isDisguised(word) ? undisguised(word) : word));
}

function isDisguised(word: string): boolean {
  const letters = [...word].filter((sign) => LETTER.test(sign));
  const foreign = letters.filter((sign) => LOOKALIKES.has(sign));
  if (foreign.length === 0) {
    return false;
  }
  return letters.every((sign) => LATIN.test(sign) || LOOKALIKES.has(sign));
}

function undisguised(word: string): string {
  return [...word].map((sign) => LOOKALIKES.get(sign) ?? sign).join('');
}
