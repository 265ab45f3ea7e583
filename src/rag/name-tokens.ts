// Words of a text as names are compared: lower-case, without accents, apostrophes and dots, hyphens as spaces,
// so that "Under-19s", "under 19s", "Lord's" and "U.A.E." are found however they are typed.

export interface Token {
  key: string;
  /** The key of the owner in "RCB's" and "Windies'"; undefined = no possessive. */
  owner: string | undefined;
  /** Where it stands in the text: from <= i < to. */
  from: number;
  to: number;
}

const TOKEN = /\p{L}(?:\.\p{L})+\b\.?|[\p{L}\p{M}\p{N}]+(?:['’ʼ][\p{L}\p{M}]+)*['’ʼ]?|&/gu;

export function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(({ 0: said, index }) => ({
    key: plain(said),
    owner: /['’ʼ]s?$/i.test(said) ? plain(said.replace(/['’ʼ]s?$/i, '')) : undefined,
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

function plain(word: string): string {
  return word === '&'
    ? 'and'
    : word
        .normalize('NFKD')
        .replace(/[\p{M}.'’ʼ]/gu, '')
        .toLowerCase();
}
