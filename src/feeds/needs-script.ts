// Whether a page without an article is one that its scripts would fill: an empty container, a word in
// `noscript`, hardly any text. A page that shows text of its own, or a check for robots, is not.
import { Parser } from 'htmlparser2';

/** Characters of the page that are looked at: what says so stands in front, data for the scripts behind. */
const LOOKED_AT = 1_000_000;
/** Characters outside links under which a page with scripts shows nothing: a title, "Loading…". */
const HARDLY_ANY_TEXT = 140;
/** Up to so many there may be a frame of navigation and small print around the empty place. */
const FRAME_TEXT = 400;
const SILENT = new Set(['script', 'style', 'template', 'svg', 'noscript', 'title']);
const CONTAINERS = new Set(['div', 'main', 'section', 'article']);
const ASKS_FOR_SCRIPT = /\bjava\s?script\b/i;
/** A check for robots is a refusal, and a browser is no way around it. */
const ROBOT_CHECK =
  /\b(verify|confirm|prove|check)\b.{0,40}\b(human|robot|bot)\b|\bchecking\b.{0,40}\b(browser|connection)\b|captcha|unusual (traffic|activity)|access denied|just a moment/i;

/** `html` is the page as it came. A streaming pass over at most a million characters. */
export function needsScript(html: string): boolean {
  const { hasEmptyContainer, hasScript, outsideLinks, text, unseen } = lookAt(html.slice(0, LOOKED_AT));
  if (!hasScript || ROBOT_CHECK.test(text) || ROBOT_CHECK.test(unseen)) {
    return false;
  }
  const asks = ASKS_FOR_SCRIPT.test(text) || ASKS_FOR_SCRIPT.test(unseen);
  return outsideLinks < (asks || hasEmptyContainer ? FRAME_TEXT : HARDLY_ANY_TEXT);
}

function lookAt(html: string) {
  const found = { hasScript: false, hasEmptyContainer: false, outsideLinks: 0, text: '', unseen: '' };
  const silent: string[] = [];
  let links = 0;
  /** The container that was just opened with an id and has held nothing yet. */
  let empty: string | undefined;
  const parser = new Parser({
    onopentag(name, { id, type = '' }) {
      found.hasScript ||= name === 'script' && !/json|template/i.test(type);
      links += name === 'a' ? 1 : 0;
      if (SILENT.has(name)) {
        silent.push(name);
      }
      empty = silent.length === 0 && id && CONTAINERS.has(name) ? name : undefined;
    },
    ontext(part) {
      const words = part.replace(/\s+/g, ' ').trim();
      if (!words) {
        return;
      }
      empty = undefined;
      const inside = silent.at(-1);
      if (inside === 'noscript' || inside === 'title') {
        found.unseen += `${words}\n`;
      } else if (!inside) {
        found.text += `${words}\n`;
        found.outsideLinks += links > 0 ? 0 : words.length;
      }
    },
    onclosetag(name) {
      found.hasEmptyContainer ||= empty === name;
      empty = undefined;
      links -= name === 'a' && links > 0 ? 1 : 0;
      if (silent.at(-1) === name) {
        silent.pop();
      }
    },
  });
  parser.end(html);
  return found;
}
