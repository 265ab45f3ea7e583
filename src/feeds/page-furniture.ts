// Which boxes are furniture: navigation, share bars, comments, cookie notices, teasers of other articles.
// Pages say so themselves, by element and by name ("site-nav", "relatedPosts"); but names lie ("ad-free",
// "no-sidebar"), so a box that holds much of the page's prose, or its headline, stays.
import { type Box, isBox, type Line } from './page-boxes.js';
import { type Weights, weigh } from './page-weight.js';

/** Share of the page's prose under which a box so called is furniture. */
const LIGHT = 0.3;
/** The same for names that hardly ever mean an article. */
const NEVER_ARTICLE = 0.5;

const ELEMENTS = new Set(['aside', 'footer', 'form', 'nav']);
/** Text itself; a name on it says how it looks. */
const TEXTUAL = new Set('p h1 h2 h3 h4 h5 h6 li blockquote pre td tr article main body html'.split(' '));
const OTHER_TEXTS = new Set(
  'comment commentlist comments disqus newsletter recommendations recommended related respond'.split(' '),
);
const FURNITURE = new Set(
  `ad ads adslot advert advertisement advertising author authorbox avatar banner bio breadcrumb breadcrumbs
byline complementary consent contentinfo cookie cookies copyright cta dateline disclaimer disclosure donate
donation eyebrow footer gdpr jetpack kicker legal likes livefyre login masthead menu meta modal nav navbar
navigation newsletters outbrain pager pagination popup popular postmeta print promo promos promotion rating
ratings share sharedaddy shares sharing sidebar signin signup skip social sociallinks sponsor sponsored
subscribe subscription taboola tag taglist tags testimonial testimonials timestamp toolbar trending`.split(
    /\s+/,
  ),
);
/** A name with one of these words tells what is not there; one with many words is a headline made into an id. */
const NEGATION = /^(disabled|enabled|false|has|hide|no|true|with|without)$/;
const MOST_WORDS = 5;

/** Takes the furniture out of a page. */
export function removeFurniture(page: Box): void {
  const weights = weigh(page);
  const all = weights.get(page)?.prose ?? 0;
  const visit = (box: Box) => {
    const furniture = new Set<Box | Line>();
    let prose = 0;
    for (const part of box.parts) {
      if (isBox(part) && isFurniture(part, weights, all)) {
        furniture.add(part);
        prose += weights.get(part)?.prose ?? 0;
      }
    }
    // Each alone is light, but together they would be much of the page: an article in pieces that are so called.
    if (prose < all * NEVER_ARTICLE) {
      box.parts = box.parts.filter((part) => !furniture.has(part));
    }
    box.parts.filter(isBox).forEach(visit);
  };
  visit(page);
}

function isFurniture(box: Box, weights: Weights, all: number): boolean {
  const { prose = 0, headlines = 0 } = weights.get(box) ?? {};
  if (TEXTUAL.has(box.tag)) {
    return false;
  }
  if (ELEMENTS.has(box.tag)) {
    return prose < all * LIGHT;
  }
  const words = headlines > 0 ? [] : wordsOf(box.names);
  return (
    (prose < all * NEVER_ARTICLE && words.some((word) => OTHER_TEXTS.has(word))) ||
    (prose < all * LIGHT && words.some((word) => FURNITURE.has(word)))
  );
}

/** "site-nav relatedPosts" is site, nav, related, posts. */
function wordsOf(names: string): string[] {
  return names.split(/\s+/).flatMap((name) => {
    const words = name
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter(Boolean);
    const isClear =
      words.length <= MOST_WORDS && (words.length < 2 || !words.some((word) => NEGATION.test(word)));
    return isClear ? words : [];
  });
}
