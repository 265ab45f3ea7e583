// Who wrote the page, from the best source that gives a name: structured data, meta tags, marked elements and
// a "By …" line beside the headline. The publisher's name is an author only when nobody else is named.
const META = [
  'author',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'citation_author',
  'article:author',
  'article:author_name',
  'cxenseparse:author',
  'byl',
];
const INTRODUCTION = /^\W*(?:(?:written|posted|authored|published|story|words|reviewed)\s+)?by\b:?\s*/i;
const BYLINE =
  /^(?:(?:[Ww]ritten|[Pp]osted|[Ss]tory|[Ww]ords|[Rr]eviewed|WRITTEN)\s+)?(?:[Bb]y|BY):?\s+(\p{Lu}[^|•·⋅●\d]{2,80}?)(?:\s*(?:[|•·⋅●]|\s[-–—]\s|,?\s+(?:on|[Pp]ublished|[Uu]pdated|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d)\b|\d).*)?$/u;
/** A line of its own before the name. */
const BARE_BY = /^(?:(?:written|posted|authored|story|words)\s+)?by:?$/i;
const NAME_LINE = /^\p{Lu}[\p{L}.’'-]*(?:\s+[\p{L}.’'-]+){1,4}$/u;
/** What stands in elements called "author" beside names. */
const NO_NAME = /^https?:|www\.|@\w|^\d+$|^(?:updated|published|posted|last|about|share|follow)\b/i;
const DATE_BEHIND = /[\s,|•·]*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$/;
const LONGEST = 120;

export interface AuthorSources {
  structured?: string | undefined;
  metas: Map<string, string>;
  /** Texts of elements marked as the author. */
  marked: string[];
  /** Lines around the headline. */
  nearby: string[];
  publisher?: string | undefined;
}

export function pickAuthor({
  marked,
  metas,
  nearby,
  publisher,
  structured,
}: AuthorSources): string | undefined {
  const written = metas.get('twitter:label1')?.match(/written by|author/i)
    ? metas.get('twitter:data1')
    : undefined;
  const byline = nearby.map((line, i) =>
    BARE_BY.test(line) ? NAME_LINE.exec(nearby[i + 1] ?? '')?.[0] : BYLINE.exec(line)?.[1],
  );
  const sources = [structured, ...META.map((name) => metas.get(name)), written, ...marked, ...byline];
  const names = sources.map(asName).filter((name) => name !== undefined);
  const [first] = names;
  const isPublisher = first !== undefined && first.toLowerCase() === publisher?.toLowerCase();
  return (isPublisher && names.find((name) => name !== first && NAME_LINE.test(name))) || first;
}

/** A name without "By" and without what follows it; addresses, numbers and sentences are no names. */
function asName(text: string | undefined): string | undefined {
  const name = text
    ?.slice(0, 2 * LONGEST)
    .replace(/\s+/g, ' ')
    .replace(INTRODUCTION, '')
    .replace(DATE_BEHIND, '')
    .replace(/^[\s,|•·]+|[\s,|•·]+$/g, '');
  return name && name.length <= LONGEST && /\p{L}{2}/u.test(name) && !NO_NAME.test(name) ? name : undefined;
}
