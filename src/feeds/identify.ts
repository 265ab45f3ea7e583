// What makes an article the same article: its canonical address. Campaign parameters, fragments, AMP forms
// and the order of parameters do not make a new one.
import { createHash } from 'node:crypto';
import type { Entry, FeedDocument } from '../domain.js';

/** Only names that no site uses to tell one page from another: `id`, `cid` and `share` are not among them. */
const TRACKING =
  /^(utm_\w+|(fb|g|d|y|tw|tt|wick|sc)clid|msclkid|gclsrc|[gw]braid|gad_\w+|srsltid|igshi?d|mc_[ce]id|_hs(enc|mi)|mkt_tok|vero_\w+|oly_\w+|ck_subscriber_id|ex_cid|ns_\w+|at_\w+|cmp|cmpid|icid|intcmp|ito|mbid|ncid|ref|ref_src|ftag|smid|smtyp|sr_share|xtor|s_cid|s_kwcid|ocid|_ga|_gl|taid|li_fat_id|guccounter|guce_\w+|wt_?z?mc|__twitter_impression)$/i;
const AMP_PARAMETER = /^(amp|outputtype|usqp|amp_js_v|amp_gsa|_amp)$/i;
/** "https://example-org.cdn.ampproject.org/c/s/example.org/a" and "https://www.google.com/amp/s/example.org/a". */
const AMP_CACHE =
  /^https?:\/\/(?:[\w-]+\.cdn\.ampproject\.org\/[cv]|www\.google\.[a-z.]{2,6}\/amp)\/(s\/)?([\w-]+\.[^/]+\/.*)$/i;

/** The address as identity; undefined when it is none. Not for showing. */
export function canonicalUrl(address: string): string | undefined {
  if (!URL.canParse(address)) {
    return undefined;
  }
  const [, secure, cached] = AMP_CACHE.exec(address) ?? [];
  const url = new URL(cached ? `http${secure ? 's' : ''}://${cached}` : address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return undefined;
  }
  url.hash = '';
  url.username = '';
  url.password = '';
  url.hostname = url.hostname.replace(/^amp\./, 'www.');
  url.pathname = url.pathname
    .replace(/\/amp\/?$/, '/')
    .replace(/\.amp(\.html)?$/, '$1')
    .replace(/(?<=.)\/+$/, '');
  for (const name of [...url.searchParams.keys()]) {
    if (TRACKING.test(name) || AMP_PARAMETER.test(name)) {
      url.searchParams.delete(name);
    }
  }
  url.searchParams.sort();
  return url.href;
}

/** The address without what only counts clicks; otherwise as it is, for showing. */
export function withoutTracking(address: string): string {
  const url = new URL(address);
  const names = [...url.searchParams.keys()].filter((name) => TRACKING.test(name));
  for (const name of names) {
    url.searchParams.delete(name);
  }
  return names.length > 0 ? url.href : address;
}

/** 16 hex digits of the canonical address's SHA-256. */
export function articleId(canonical: string): string {
  return createHash('sha256').update(canonical).digest('hex').slice(0, 16);
}

/** Hash of what the feed says of an entry; another one means that the publisher changed it. */
export function entryFingerprint(entry: Entry): string {
  const parts = [entry.url, entry.title, entry.publishedAt, entry.author, entry.text];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** Hash of what a feed says in all, build dates and comments left out: the same = nothing to do. */
export function documentHash({ entries, title }: FeedDocument): string {
  const parts = [title, ...entries.map(entryFingerprint)];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}
