// What makes an article the same article: its canonical address. Campaign parameters, fragments, AMP forms
// and the order of parameters do not make a new one.
import { createHash } from 'node:crypto';
import type { Entry, FeedDocument } from '../domain.js';

const TRACKING =
  /^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ex_cid|ns_\w+|at_\w+|cmp|cmpid|ito|ref|ref_src|ftag|smid|xtor|s_cid|ocid|_ga|taid)$/i;
const AMP_PARAMETER = /^(amp|outputtype)$/i;

/** The address as identity; undefined when it is none. Not for showing. */
export function canonicalUrl(address: string): string | undefined {
  if (!URL.canParse(address)) {
    return undefined;
  }
  const url = new URL(address);
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
