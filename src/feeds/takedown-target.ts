// What a person types to name an article or a site.
import { domainToASCII } from 'node:url';
import { BotError } from '../errors.js';
import { canonicalUrl } from './identify.js';

/**
 * A canonical address, or a host name without "www.". Error: `usage` for anything else, and for the address of a
 * site's front page, which may be meant as either.
 */
export function takedownTarget(text: string): { kind: 'url' | 'domain'; value: string } {
  const given = text.trim();
  if (/^https?:\/\//i.test(given)) {
    const canonical = canonicalUrl(given);
    const url = canonical === undefined ? undefined : new URL(canonical);
    if (!url || !canonical) {
      throw wrong(text);
    }
    if (url.pathname === '/' && url.search === '') {
      throw new BotError(
        'usage',
        `${given} is a site's front page; give an article's address, or the domain ${url.hostname} for all its articles`,
      );
    }
    return { kind: 'url', value: canonical };
  }
  const host = domainToASCII(given.toLowerCase().replace(/\.$/, '')).replace(/^www\./, '');
  if (!/^[a-z\d-]+(\.[a-z\d-]+)+$/.test(host)) {
    throw wrong(text);
  }
  return { kind: 'domain', value: host };
}

function wrong(text: string): BotError {
  return new BotError(
    'usage',
    `"${text.slice(0, 200)}" is neither an article's address nor a domain (allowed: https://example.org/report, example.org)`,
  );
}
