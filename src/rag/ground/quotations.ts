// Quotations of a sentence: what stands between quotation marks must stand word for word in what is cited.
const DOUBLE = /"([^"]+)"/g;
/** A quotation that goes on into the next sentence, or came from the one before. */
const OPEN = /"([^"]+)$|^([^"]+)"/;
/** Single marks count around two words or more; a word alone may be an apostrophe's. */
const SINGLE = /(?<=^|[\s(])'([^']+(?:'\p{L}[^']*)*\s[^']*?)'(?=$|[\s.,;:!?)])/gu;

/** The quoted words of a folded text. */
export function quotationsOf(folded: string): string[] {
  const closed = [...folded.matchAll(DOUBLE)].map((match) => match[1] ?? '');
  const rest = folded.replace(DOUBLE, ' ');
  const open = OPEN.exec(rest);
  const single = [...rest.matchAll(SINGLE)].map((match) => match[1] ?? '');
  return [...closed, open?.[1] ?? open?.[2] ?? '', ...single].filter((quote) => plainWords(quote) !== '');
}

/** Whether the folded text holds the quotation; an ellipsis stands for words that were left out. */
export function isQuoted(quotation: string, folded: string): boolean {
  const text = ` ${plainWords(folded)} `;
  return quotation
    .split(/\.\.\.|\[[^\]]*\]/)
    .map(plainWords)
    .every((part) => part === '' || text.includes(` ${part} `));
}

function plainWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [])
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .join(' ');
}
