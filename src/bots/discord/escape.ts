// Text of articles, questions and models on its way into Discord's markdown. After this nothing in it can mention
// anybody, be clicked, or look like what it is not; what we link is added afterwards.

import { plainLine as wholeLine, withoutHidden } from '../untrusted-text.js';

/** Joins two characters and is not seen. */
const JOINER = '\u2060';
/** A backslash before any of these takes its meaning; before letters Discord shows the backslash. */
const MARKUP = /[\\*_~`|[\]()<>#]/g;
const LINE_START = /^(\s*)([-+>]|\d+\.)(?=\s)/gm;
/** Discord's clients make links of these, with nothing around them. */
const ADDRESS = /\b(https?|discord|steam):(?=\/\/)/gi;
const INVITE = /\b(discord(?:app)?)\.(?=gg\b|com\/invite)/gi;

/** Any text, as it is read, over any number of lines. */
export function escapeMarkdown(text: string): string {
  return withoutHidden(text)
    .replace(ADDRESS, `$1:${JOINER}`)
    .replace(INVITE, `$1${JOINER}.`)
    .replace(MARKUP, '\\$&')
    .replace(LINE_START, `$1${JOINER}$2`)
    .replace(/@(?=\S)/g, `@${JOINER}`)
    .replace(/:(?=\w+:)/g, `:${JOINER}`);
}

/** As `escapeMarkdown`, in one line of at most `limit` characters before it. */
export function escapeLine(text: string, limit: number): string {
  return escapeMarkdown(plainLine(text, limit));
}

/** For labels of buttons and names of threads, which know no markup. */
export function plainLine(text: string, limit: number): string {
  const line = wholeLine(text);
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}
