// Refuses pages that would block the reader: Readability needs 13 s for 1,000 nested levels in 11 KB. One
// streaming pass counts, and stops at the first excess.
import { Parser } from 'htmlparser2';

const DEEPEST = 256;
const MOST_TAGS = 50_000;
const STEP = 65_536;

/** Throws "page_too_deep: …" or "page_too_big: …". */
export function checkPage(html: string): void {
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
