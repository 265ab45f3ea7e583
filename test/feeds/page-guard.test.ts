import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { checkPage } from '#src/feeds/page-guard.js';

it('lets ordinary pages pass, void elements and unclosed paragraphs included', () => {
  expect(() => checkPage(`<main>${'<p>One<br><img src="a.png">'.repeat(5000)}</main>`)).not.toThrow();
  expect(() => checkPage('<div>'.repeat(250))).not.toThrow();
});

it('refuses elements that nest more than 256 deep, without reading on', () => {
  const started = performance.now();

  expect(() => checkPage('<div>'.repeat(1_000_000))).toThrow(/^page_too_deep: /);

  expect(performance.now() - started).toBeLessThan(500);
});

it.each([
  ['a PDF', '%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj'],
  [
    'compressed data',
    deflateSync(Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * i) % 251))).toString('latin1'),
  ],
])('refuses what is no page whatever its server says: %s', (_, text) => {
  expect(() => checkPage(text)).toThrow(/^page_binary: /);
});

it('refuses more than 50,000 elements', () => {
  expect(() => checkPage('<i></i>'.repeat(50_001))).toThrow(/^page_too_big: /);
});
