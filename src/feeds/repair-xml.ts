// Makes almost-XML well-formed, and refuses what would block the parser. Real feeds carry junk before the
// declaration, bare ampersands, HTML entities and control characters; each of them fails a whole feed.
import { Parser } from 'htmlparser2';
import { BotError } from '../errors.js';

/** A million nested tags block the XML parser for seconds. */
const DEEPEST = 256;
const HTML_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)([a-z][\da-z]{1,30};)?/gi;
const NAMED: Record<string, string> = {
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  deg: '°',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  acirc: 'â',
  aacute: 'á',
  ccedil: 'ç',
  ocirc: 'ô',
  oacute: 'ó',
  ouml: 'ö',
  uuml: 'ü',
  auml: 'ä',
  szlig: 'ß',
  ntilde: 'ñ',
  iacute: 'í',
  uacute: 'ú',
  times: '×',
  frac12: '½',
};

/** The text with its usual faults mended. Errors: `not_a_feed` (a page, or nothing), `feed_too_deep`. */
export function repairXml(text: string): string {
  const start = text.search(/<\s*[?!a-z]/i);
  if (text.trim() === '') {
    throw new BotError('not_a_feed', 'the feed is empty; check the address');
  }
  const document = start > 0 ? text.slice(start) : text;
  const head = document.slice(0, 4000).replace(/<!--[\s\S]*?-->/g, '');
  if (/<html[\s>]|<!doctype\s+html/i.test(head) && !/<(rss|feed|rdf:rdf)[\s>]/i.test(head)) {
    throw new BotError(
      'not_a_feed',
      'this is a web page, not a feed; look on it for the address of its RSS feed',
    );
  }
  checkDepth(document);
  return outsideCdata(withoutDoctypeTail(document), (part) => part.replace(HTML_ENTITY, mendEntity)).replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids exactly these
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g,
    '',
  );
}

function mendEntity(found: string, name: string | undefined): string {
  const key = name?.slice(0, -1);
  return key ? (NAMED[key] ?? `&amp;${name}`) : `&amp;${found.slice(1)}`;
}

/** Everything after the root's end is junk that fails a parser. */
function withoutDoctypeTail(document: string): string {
  const end = /<\/(rss|feed|rdf:rdf)\s*>/gi;
  let last = -1;
  for (const match of document.matchAll(end)) {
    last = match.index + match[0].length;
  }
  return last > 0 ? document.slice(0, last) : document;
}

function outsideCdata(document: string, mend: (part: string) => string): string {
  return document
    .split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
    .map((part) => (part.startsWith('<![CDATA[') ? part : mend(part)))
    .join('');
}

function checkDepth(document: string): void {
  let depth = 0;
  let deepest = 0;
  const parser = new Parser(
    {
      onopentagname() {
        depth += 1;
        deepest = Math.max(deepest, depth);
        if (deepest > DEEPEST) {
          parser.pause();
        }
      },
      onclosetag() {
        depth -= 1;
      },
    },
    { xmlMode: true },
  );
  for (let at = 0; at < document.length && deepest <= DEEPEST; at += 65_536) {
    parser.write(document.slice(at, at + 65_536));
  }
  if (deepest > DEEPEST) {
    throw new BotError(
      'feed_too_deep',
      `the feed nests its elements more than ${DEEPEST} deep and was refused`,
    );
  }
}
