import { existsSync, readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { decodeDocument } from '#src/feeds/decode.js';

const SHARED = '../shared/data/feeds-dev';
const hasShared = existsSync(SHARED);
if (!hasShared) {
  console.warn(`decode.test.ts: ${SHARED} is not there, so its labelled documents are not read`);
}

const xml = (encoding: string, text: string) => `<?xml version="1.0" encoding="${encoding}"?><t>${text}</t>`;

it.each([
  ['a byte order mark before any claim', 'utf-8', xml('iso-8859-1', 'naïve'), { addBOM: true }, 'utf-8'],
  ['UTF-16 with a byte order mark', 'utf-16be', xml('utf-8', 'naïve'), { addBOM: true }, 'utf-16be'],
  ['UTF-16 by its zero bytes', 'utf-16le', xml('utf-8', 'naïve'), {}, 'utf-16le'],
  ['UTF-16 in the other order', 'utf-16be', xml('utf-8', 'naïve'), {}, 'utf-16be'],
  ['UTF-32 by its zero bytes', 'utf-32le', xml('utf-8', 'naïve'), {}, 'utf-32le'],
  ['UTF-32 in the other order', 'utf-32be', xml('utf-8', 'naïve'), {}, 'utf-32be'],
  ['UTF-32 with a byte order mark', 'utf-32le', xml('utf-8', 'naïve'), { addBOM: true }, 'utf-32le'],
  ['valid UTF-8 against a wrong claim', 'utf-8', xml('iso-8859-1', 'naïve'), {}, 'utf-8'],
  ['the XML declaration', 'koi8-r', xml('koi8-r', 'крикет'), {}, 'koi8-r'],
  [
    'a claim of Latin-1 as windows-1252',
    'windows-1252',
    xml('iso-8859-1', '“naïve” – €5'),
    {},
    'windows-1252',
  ],
  ['a page’s meta tag', 'shift_jis', '<html><meta charset="shift_jis">クリケット', {}, 'shift_jis'],
  ['no claim at all as windows-1252', 'windows-1252', '<t>naïve ’ – </t>', {}, 'windows-1252'],
])('reads %s', (_, encoding, text, options, expected) => {
  const bytes = iconv.encode(text, encoding, options);

  expect(decodeDocument(bytes)).toEqual({ text, encoding: expected });
});

it('prefers the header to the declaration where the bytes are neither', () => {
  const bytes = iconv.encode(xml('koi8-r', 'naïve'), 'windows-1252');

  expect(decodeDocument(bytes, 'text/xml; charset="windows-1252"').text).toContain('naïve');
});

it.each([
  ['iso-2022-jp', '\u001b$B%/%j%1%C%H\u001b(B', 'クリケット'],
  ['iso-2022-kr', '\u001b$)C\u000eGQ1[\u000f', '한글'],
  ['iso-2022-cn', '\u001b$)A\u000eVPND\u000f!', '中文!'],
  ['hz-gb-2312', '~{VPND~} ~~', '中文 ~'],
])('reads %s, which would pass for ASCII', (label, written, text) => {
  const bytes = Buffer.from(xml(label, written), 'latin1');

  expect(decodeDocument(bytes)).toEqual({ text: xml(label, text), encoding: label });
});

it('takes C1 controls for what they were in windows-1252', () => {
  expect(decodeDocument(Buffer.from('don\u0092t \u0096 \u0093q\u0094')).text).toBe('don’t – “q”');
});

it.each(['x-unknown', 'utf-16', 'utf-32'])(
  'does not believe the claim "%s" of bytes that are not it',
  (label) => {
    const bytes = Buffer.from(xml(label, 'na\xefve'), 'latin1');

    expect(decodeDocument(bytes)).toEqual({ text: xml(label, 'naïve'), encoding: 'windows-1252' });
  },
);

it.skipIf(!hasShared)('reads the labelled documents as under their expected encodings', () => {
  const rows = readFileSync(`${SHARED}/index.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((row) => row.group === 'fp-encoding-label');

  for (const { content_type, expect: expected, file, id } of rows) {
    const bytes = readFileSync(`${SHARED}/${file}`);
    const wanted = iconv.decode(bytes, expected.encoding).replace(/^\ufeff/, '');
    expect({ id, text: decodeDocument(bytes, content_type ?? undefined).text }).toEqual({ id, text: wanted });
  }
  expect(rows).toHaveLength(26);
});
