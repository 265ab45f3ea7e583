// Pages that answer with a wall instead of an article: consent to cookies, a subscription, a check for robots,
// a request for JavaScript. Their text must not be indexed as news; the feed's own summary is better.

/** Characters from which a text is an article whatever else it says. */
const LONGEST_WALL = 1500;
/** Words that one finds in any article, but hardly two of them in a short one. */
const SIGNS = [
  /\b(accept|reject|manage|our use of|uses?) (all )?cookies\b/i,
  /\b(we|our|and) (\d+ )?partners\b.*\b(store|process|access|data)\b/i,
  /\b(your (privacy|consent)|privacy (choices|settings|policy)|personal data)\b/i,
  /\b(subscribe|sign in|log in|register|create (a free|an) account)\b.{0,40}\b(continue|read|access|unlock|full)\b/i,
  /\b(already a (subscriber|member)|for subscribers only|subscriber-only|unlimited access|cancel any ?time)\b/i,
  /\b(become a|paid) (subscriber|member)\b/i,
];
/** One of these is enough. */
const SURE_SIGNS = [
  /\b(enable|turn on|requires?) (javascript|js\b)/i,
  /\bjavascript (is|must be) (disabled|enabled|required)/i,
  /\b(verify|confirm|checking) (that )?(you are|you're|if you are|your browser)\b.{0,40}(human|robot|bot|$|before|secure)/i,
  /\bunusual (traffic|activity)\b/i,
  /\baccess (to this page )?(is |has been )?denied\b/i,
  /\b(disable|turn off|pause) (your )?ad ?-?blocker/i,
];

/** True when the text is a wall, or so short a teaser of an article that the page says is not free. */
export function isWall(text: string, isFree: boolean): boolean {
  if (text.length >= LONGEST_WALL) {
    return false;
  }
  const signs = SIGNS.filter((sign) => sign.test(text)).length;
  return !isFree || signs > 1 || SURE_SIGNS.some((sign) => sign.test(text));
}
