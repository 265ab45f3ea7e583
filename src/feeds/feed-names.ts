// Which element of which vocabulary a tag means. Feeds choose their own prefixes (`a10:link`, `p0:entry`), so
// names are read by namespace and given back in the usual spelling: Atom, RSS and XHTML without a prefix.

const USUAL_PREFIX: Record<string, string> = {
  'www.w3.org/2005/atom': '',
  'purl.org/atom/ns': '',
  'purl.org/rss/1.0': '',
  'my.netscape.com/rdf/simple/0.9': '',
  'channel.netscape.com/rdf/simple/0.9': '',
  'backend.userland.com/rss2': '',
  'www.w3.org/1999/xhtml': '',
  'www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'purl.org/rss/1.0/modules/content': 'content',
  'search.yahoo.com/mrss': 'media',
  'www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
};

/** Prefixes of one feed, far beyond honest ones: 100,000, copied for each entry, block for minutes. */
const MOST_PREFIXES = 200;

/** Prefixes in force: "" is the default namespace; values are usual prefixes. */
export type Prefixes = Record<string, string>;

/** The prefixes in force inside an element with these attributes. */
export function prefixesInside(attributes: Record<string, string>, outer: Prefixes): Prefixes {
  const declared = Object.entries(attributes).filter(([name]) => /^xmlns(:|$)/.test(name));
  if (declared.length === 0 || declared.length + Object.keys(outer).length > MOST_PREFIXES) {
    return outer;
  }
  return {
    ...outer,
    ...Object.fromEntries(
      declared.map(([name, uri]) => [name.slice(6), usualPrefix(uri, name.slice(6).toLowerCase())]),
    ),
  };
}

/** Lower-case name with the usual prefix; a prefix that was never declared means what it usually means. */
export function usualName(tag: string, prefixes: Prefixes): string {
  const [local = '', prefix = ''] = tag.split(':', 2).reverse();
  const usual = prefixes[prefix] ?? (prefix === 'atom' ? '' : prefix.toLowerCase());
  return (usual ? `${usual}:${local}` : local).toLowerCase().replace(/[^\w:.-]/g, '_');
}

function usualPrefix(uri: string, otherwise: string): string {
  const key = uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '');
  return USUAL_PREFIX[key] ?? otherwise;
}
