import { expect, it } from 'vitest';
import { ownAddress } from '#src/feeds/own-address.js';

it.each([
  ['an AMP form below the article', 'https://example.org/raza', 'https://example.org/amp/raza'],
  ['an AMP form on a host of its own', 'https://example.org/raza', 'https://amp.example.org/raza'],
  ['a mobile form', 'https://www.example.org/raza', 'https://m.example.org/raza?ref=home'],
  ['an address by number', 'https://example.org/cricket/raza', 'https://example.org/?p=77'],
  ['an address with a name behind the number', 'https://example.org/77-raza', 'https://example.org/77'],
  ['an address by parameter', 'https://example.org/news?id=7', 'https://example.org/news?view=print&id=7'],
])('takes the page’s word: %s', (_, claimed, url) => {
  expect(ownAddress(claimed, url)).toBe(claimed);
});

it.each([
  ['nothing is claimed', undefined, 'https://example.org/raza'],
  ['it is no address', 'javascript:void(0)', 'https://example.org/raza'],
  ['it is another site', 'https://other.example/raza', 'https://example.org/raza'],
  ['it is another port', 'https://example.org:8443/raza', 'https://example.org/raza'],
  ['it is the front page', 'https://example.org/', 'https://example.org/raza'],
  ['it is the section', 'https://example.org/cricket/', 'https://example.org/cricket/raza'],
  ['it forgets the number', 'https://example.org/news', 'https://example.org/news?id=7'],
])('keeps the address that was read when %s', (_, claimed, url) => {
  expect(ownAddress(claimed, url)).toBe(url);
});
