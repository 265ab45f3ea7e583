// Who wrote the page, from the best source that gives a name: structured data, meta tags, marked elements and
// a "By …" line beside the headline.
const META = [
  'author',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'citation_author',
  'article:author',
];
const BYLINE =
  /^(?:(?:written|posted|story|words|reviewed)\s+)?by:?\s+(\p{Lu}[^|•·\d]{2,80}?)(?:\s*(?:[|•·]|\s[-–—]\s|,?\s+(?:on|published|updated)\b|\d).*)?$/u;
const LONGEST = 120;

export interface AuthorSources {
  structured?: string | undefined;
  metas: Map<string, string>;
  /** Texts of elements marked as the author. */
  marked: string[];
  /** Lines around the headline. */
  nearby: string[];
}

export function pickAuthor({ marked, metas, nearby, structured }: AuthorSources): string | undefined {
  const written = metas.get('twitter:label1')?.match(/written by|author/i)
    ? metas.get('twitter:data1')
    : undefined;
  const named = [structured, ...META.map((name) => metas.get(name)), written, ...marked].map(asName);
  return named.find(Boolean) ?? nearby.map((line) => asName(BYLINE.exec(line)?.[1])).find(Boolean);
}

/** A name without "By" and without what follows it; addresses, numbers and sentences are no names. */
function asName(text: string | undefined): string | undefined {
  const name = text
    ?.slice(0, 2 * LONGEST)
    .replace(/\s+/g, ' ')
    .replace(/^\W*(?:(?:written|posted|story|words)\s+)?by:?\s+/i, '')
    .replace(/^[\s,|•·]+|[\s,|•·]+$/g, '');
  return name && name.length <= LONGEST && /\p{L}{2}/u.test(name) && !/^https?:|www\.|@\w|^\d+$/.test(name)
    ? name
    : undefined;
}
