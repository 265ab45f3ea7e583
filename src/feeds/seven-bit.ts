// Encodings that write East Asian text in seven bits by switching character sets on the way (RFC 1468, 1557,
// 1843, 1922). iconv-lite has none of them; all but the Japanese one are an eight-bit encoding in disguise.
import iconv from 'iconv-lite';

const LABELS: Record<string, (bytes: Buffer) => string> = {
  'iso-2022-jp': (bytes) => new TextDecoder('iso-2022-jp').decode(bytes),
  'iso-2022-kr': (bytes) => shifted(bytes, 'euc-kr'),
  'iso-2022-cn': (bytes) => shifted(bytes, 'gb2312'),
  'hz-gb-2312': fromHz,
  'utf-7': (bytes) => iconv.decode(bytes, 'utf-7'),
};
const ALIASES: Record<string, string> = {
  csiso2022jp: 'iso-2022-jp',
  csiso2022kr: 'iso-2022-kr',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-cn-ext': 'iso-2022-cn',
  hz: 'hz-gb-2312',
};

const SHIFT_OUT = '\u000e';
const SHIFT_IN = '\u000f';
const ANNOUNCEMENTS = ['A', 'C', 'G'].map((set) => `\u001b$)${set}`);

/** The text and the encoding's usual name; undefined when the label means none of these encodings. */
export function decodeSevenBit(
  bytes: Buffer,
  label: string | undefined,
): { text: string; encoding: string } | undefined {
  const encoding = ALIASES[label ?? ''] ?? label ?? '';
  const decode = LABELS[encoding];
  return decode && { text: decode(bytes), encoding };
}

/** Between the controls SO and SI every byte lacks its eighth bit; escape sequences only announce the set. */
function shifted(bytes: Buffer, encoding: string): string {
  const [first = '', ...rest] = bytes.toString('latin1').split(SHIFT_OUT);
  const parts = rest.map((part) => {
    const [inside = '', ...plain] = part.split(SHIFT_IN);
    return withEighthBit(inside, encoding) + plain.join('');
  });
  return ANNOUNCEMENTS.reduce((text, sequence) => text.replaceAll(sequence, ''), first) + parts.join('');
}

/** "~{" and "~}" bracket the Chinese text, "~~" is a tilde. */
function fromHz(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/~\{([\u0021-\u007d]*?)~\}|~~|~\n/g, (found, inside: string | undefined) =>
      inside === undefined ? (found === '~~' ? '~' : '') : withEighthBit(inside, 'gb2312'),
    );
}

function withEighthBit(text: string, encoding: string): string {
  return iconv.decode(Buffer.from(Buffer.from(text, 'latin1').map((byte) => byte | 0x80)), encoding);
}
