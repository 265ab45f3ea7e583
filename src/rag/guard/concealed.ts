// Text that hides something from its readers: characters that take no room between letters, marks that turn the direction
// of writing, words of letters of several scripts, a sentence of another script than all around it.

/** Characters of no width; soft hyphens, and joiners inside words of other scripts, are honest typography. */
const NO_WIDTH = /(?:[\p{Script=Latin}\d\s][\u200b-\u200f\u2060-\u2064\ufeff]){3}/u;
const TURNED = /[\u202a-\u202e\u2066-\u2069]/;
/** Letters of Unicode's block of tags, which nothing shows. */
const TAGS = /[\u{e0001}-\u{e007f}]/u;
const MIXED =
  /\p{Script=Latin}(?:[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}])|(?:[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}])\p{Script=Latin}/u;
const LATIN = /\p{Script=Latin}/gu;
/** So many letters of another script in a row are more than a name. */
const FOREIGN_RUN = /(?:(?!\p{Script=Latin})[\p{L}\p{M}][\s,:;'’-]*){20,}/u;
/** Scripts that write whole clauses without a space, where a few letters say much. */
const DENSE_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}][\p{L}\p{M},、，。：:]{5,}/u;
const OTHER = /(?!\p{Script=Latin})\p{L}/gu;

export function isConcealed(piece: string): boolean {
  return NO_WIDTH.test(piece) || TURNED.test(piece) || TAGS.test(piece) || MIXED.test(piece);
}

/** Whether something is said in another script; of a text that is in Latin letters as a whole. */
export function isForeign(piece: string): boolean {
  return FOREIGN_RUN.test(piece) || DENSE_RUN.test(piece);
}

export function isLatin(text: string): boolean {
  return (text.match(LATIN)?.length ?? 0) >= (text.match(OTHER)?.length ?? 0);
}

/** Blocks that only a program reads: hidden and quoted markup, turns of a chat, turned or tagged letters, long asides. */
const BLOCKS =
  /<!--[\s\S]{0,2000}?-->|\[INST\][\s\S]{0,2000}?\[\/INST\]|<<SYS>>[\s\S]{0,2000}?<<\/SYS>>|<\|[^|<>]{1,40}\|>[\s\S]{0,2000}?<\|(?:im_end|eot_id|end)\|>|<(p|div|span|font|em|b|i|a|small|section)\b[^<>]{0,300}>[^<>]{0,1000}<\/\1>|[\u202a-\u202e\u2066-\u2068][^\n]{0,1000}?[\u202c\u2069]+|[\u{e0001}-\u{e007f}]+|\[(?:[^\]\s]+\s+){6,}[^\]]*\]/giu;

/** The text without them. */
export function withoutBlocks(text: string): string {
  return text.replace(BLOCKS, ' ');
}
