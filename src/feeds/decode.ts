// Bytes to text. The order follows what is most often right in real feeds and pages: what the bytes show
// beats what the document or its server claims, because servers often claim wrongly.
import iconv from 'iconv-lite';
import { decodeSevenBit } from './seven-bit.js';

export interface Decoded {
  text: string;
  /** The encoding used, lower-case. */
  encoding: string;
}

/** Bytes in which a declaration is looked for. */
const HEAD_BYTES = 2048;
/** Control characters that nobody writes on purpose: they are windows-1252 taken for Latin-1 on the way. */
const C1 = /[\u0080-\u009f]/g;

/** Decodes a feed or page; bytes that no encoding explains become U+FFFD, never an error. */
export function decodeDocument(bytes: Uint8Array, contentType?: string | undefined): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = byBom(buffer) ?? byNulPattern(buffer);
  const inSevenBits = wide
    ? undefined
    : (decodeSevenBit(buffer, declared(buffer)) ?? decodeSevenBit(buffer, fromHeader(contentType)));
  if (inSevenBits) {
    return inSevenBits;
  }
  const encoding =
    wide ??
    (isUtf8(buffer) ? 'utf-8' : undefined) ??
    known(fromHeader(contentType)) ??
    known(declared(buffer)) ??
    'windows-1252';
  const text = iconv.decode(buffer, encoding).replace(/^\ufeff/, '');
  return { text: text.replace(C1, windowsCharacter), encoding };
}

function windowsCharacter(control: string): string {
  return iconv.decode(Buffer.from([control.charCodeAt(0)]), 'windows-1252');
}

function byBom(bytes: Buffer): string | undefined {
  const starts = (...wanted: number[]) => wanted.every((byte, i) => bytes[i] === byte);
  if (starts(0xff, 0xfe, 0, 0)) {
    return 'utf-32le';
  }
  if (starts(0, 0, 0xfe, 0xff)) {
    return 'utf-32be';
  }
  if (starts(0xef, 0xbb, 0xbf)) {
    return 'utf-8';
  }
  return starts(0xff, 0xfe) ? 'utf-16le' : starts(0xfe, 0xff) ? 'utf-16be' : undefined;
}

/** Markup begins with "<" and another ASCII character: the zero bytes around them tell width and order. */
function byNulPattern(bytes: Buffer): string | undefined {
  const pattern = [...bytes.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  return { '000x': 'utf-32be', x000: 'utf-32le', '0x0x': 'utf-16be', x0x0: 'utf-16le' }[pattern];
}

function declared(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, HEAD_BYTES).toString('latin1');
  const match =
    /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head) ??
    /<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)/i.exec(head);
  return match?.[1]?.toLowerCase();
}

function fromHeader(contentType: string | undefined): string | undefined {
  return /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase();
}

/** Labels as the WHATWG Encoding Standard reads them: Latin-1 and ASCII mean windows-1252 on the web. */
function known(label: string | undefined): string | undefined {
  if (!label) {
    return undefined;
  }
  if (/^(iso-?8859-?1|latin-?1|us-ascii|ascii|cp-?819)$/.test(label)) {
    return 'windows-1252';
  }
  const wide = /^(ucs-?2|utf-?16|utf-?32|iso-10646-ucs-\d)/.test(label);
  // A wide encoding would have shown itself by its zero bytes.
  return !wide && iconv.encodingExists(label) ? label : undefined;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
