// Words of a text as names are compared: lower-case, without accents, apostrophes and dots, hyphens as spaces,
// so that "Under-19s", "under 19s", "Lord's" and "U.A.E." are found however they are typed.

export interface Token {
  key: string;
  /** Other keys that may be meant: "rcb" in "RCB's", "india" in "indias", "wbbl" in "WBBL09". */
  variants: string[];
  /** Where it stands in the text: from <= i < to. */
  from: number;
  to: number;
}

const TOKEN = /\p{L}(?:\.\p{L})+\b\.?|[\p{L}\p{M}\p{N}]+(?:['’ʼ][\p{L}\p{M}]+)*['’ʼ]?|&/gu;

export function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(({ 0: said, index }) => ({
    key: plain(said),
    variants: variantsOf(said),
    from: index,
    to: index + said.length,
  }));
}

/** The words of a name as its tokens' keys, joined by a space. */
export function keyOf(name: string): string {
  return tokensOf(name)
    .map(({ key }) => key)
    .join(' ');
}

function variantsOf(said: string): string[] {
  const owner = /['’ʼ]s?$/i.test(said) ? [plain(said.replace(/['’ʼ]s?$/i, ''))] : [];
  const [, league] = /^(\p{L}[\p{L}\d]{0,4}\p{L})\d{2,4}$/u.exec(said) ?? [];
  const [, hasty] = /^(\p{L}{4,})s$/u.exec(said) ?? [];
  return [...owner, ...[league, hasty].flatMap((word) => (word ? [plain(word)] : []))];
}

function plain(word: string): string {
  return word === '&'
    ? 'and'
    : word
        .normalize('NFKD')
        .replace(/[\p{M}.'’ʼ]/gu, '')
        .toLowerCase();
}
