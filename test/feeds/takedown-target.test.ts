import { expect, it } from 'vitest';
import { takedownTarget } from '#src/feeds/takedown-target.js';

it.each([
  ['https://Example.org/report/?utm_source=x#top', 'url', 'https://example.org/report'],
  ['https://example.org/?id=7', 'url', 'https://example.org/?id=7'],
  ['example.org', 'domain', 'example.org'],
  ['WWW.Example.org.', 'domain', 'example.org'],
  ['bücher.example', 'domain', 'xn--bcher-kva.example'],
  ['127.0.0.1', 'domain', '127.0.0.1'],
])('takes %s for what it is', (text, kind, value) => {
  expect(takedownTarget(text)).toEqual({ kind, value });
});

it.each(['https://example.org/', 'https://', 'org', 'a b.org', '*.org', 'ftp://example.org/x', ''])(
  'asks what %j means',
  (text) => {
    expect(() => takedownTarget(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  },
);
