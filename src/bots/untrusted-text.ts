// Text of articles, questions and models, as every platform takes it: nothing hidden, and addresses that stay where they
// are put. What a platform's own markup would make of it is that platform's to disarm.

/** Marks that turn the direction of writing, control characters, and what takes no room: they hide what a text says. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** What ends an address, or begins markup, in one of the platforms' ways to write a link. */
const MARKUP = /[<>()[\]\\"'`*_~|\s]/g;

export function withoutHidden(text: string): string {
  return text.replace(HIDDEN, '');
}

/** In one line, for what knows no markup: labels of buttons, names of threads, rich and plain text. */
export function plainLine(text: string): string {
  return withoutHidden(text).replace(/\s+/g, ' ').trim();
}

/** An address that is safe inside `[words](address)` and `<address>`; undefined = it is none of the web. */
export function linkTarget(url: string): string | undefined {
  if (!URL.canParse(url)) {
    return undefined;
  }
  const { href, protocol } = new URL(url);
  return protocol === 'https:' || protocol === 'http:'
    ? href.replace(MARKUP, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    : undefined;
}
