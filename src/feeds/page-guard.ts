// Refuses pages that would block the reader: Readability needs 13 s for 1,000 nested levels in 11 KB. One
// streaming pass counts, and stops at the first excess.
import { Parser } from 'htmlparser2';

const DEEPEST = 256;
const MOST_TAGS = 50_000;
const STEP = 65_536;
/** Characters at the beginning that tell a page from other files, and the share of control characters in them. */
const LOOKED_AT = 4000;
const MOST_CONTROLS = 0.02;

/** Throws "page_binary: …", "page_too_deep: …" or "page_too_big: …". */
export function checkPage(html: string): void {
  if (isBinary(html.slice(0, LOOKED_AT))) {
    throw new Error('page_binary: it says that it is a web page, but is a PDF, an image or the like');
  }
  let depth = 0;
  let tags = 0;
  let deepest = 0;
  const parser = new Parser({
    onopentag() {
      depth += 1;
      tags += 1;
      deepest = Math.max(deepest, depth);
    },
    onclosetag() {
      depth -= 1;
    },
  });
  for (let at = 0; at < html.length; at += STEP) {
    parser.write(html.slice(at, at + STEP));
    if (deepest > DEEPEST) {
      throw new Error(`page_too_deep: its elements nest more than ${DEEPEST} deep; it was refused`);
    }
    if (tags > MOST_TAGS) {
      throw new Error(`page_too_big: it has more than ${MOST_TAGS} elements; it was refused`);
    }
  }
}

/** Text in any encoding has next to none of these characters; compressed data has one in ten. */
function isBinary(start: string): boolean {
  const controls = start.match(/[^\P{Cc}\s\u0080-\u009f]|\ufffd/gu)?.length ?? 0;
  return start.startsWith('%PDF-') || controls > start.length * MOST_CONTROLS;
}
