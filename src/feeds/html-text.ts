// HTML of a feed's summary or title as plain text: one block a line, entities decoded, scripts left out.
import { Parser } from 'htmlparser2';

const BLOCKS = new Set(
  'address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
const SILENT = new Set(['script', 'style', 'noscript', 'template', 'iframe', 'head']);

/** Elements in elements that are read; the parser needs minutes for a million. */
const DEEPEST = 256;
const STEP = 16_384;

export function isBlock(name: string): boolean {
  return BLOCKS.has(name);
}

/** The visible words of a piece of HTML, as far as it is nested like one that people wrote. */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) {
    return tidy(html);
  }
  let text = '';
  let silent = 0;
  let depth = 0;
  const parser = new Parser({
    onopentagname(name) {
      depth += 1;
      silent += SILENT.has(name) ? 1 : 0;
      text += BLOCKS.has(name) ? '\n' : '';
    },
    ontext(part) {
      text += silent > 0 ? '' : part;
    },
    onclosetag(name) {
      depth -= 1;
      silent -= SILENT.has(name) ? 1 : 0;
      text += BLOCKS.has(name) ? '\n' : '';
    },
  });
  for (let at = 0; at < html.length && depth <= DEEPEST; at += STEP) {
    parser.write(html.slice(at, at + STEP));
  }
  parser.end();
  return tidy(text);
}

/** Spaces folded, empty lines dropped. */
export function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
}

/** Longer headlines and names are texts in the wrong place. */
const LONGEST_LINE = 300;

/** A headline or a name: one line, cut at a word where it does not end. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE).replace(/\s\S*$/, '')}…` : line;
}
