// Reads a response's body to its end or to its limit, whichever comes first. What counts is the decompressed
// size, so that a small bomb cannot become a large text.
import { PassThrough, pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { BotError } from '../errors.js';

/** Errors: `too_large`, `bad_encoding`, and whatever the stream fails with. The body is destroyed in the end. */
export async function readBody(
  body: Readable,
  {
    contentEncoding,
    isStartEnough = false,
    maxBytes,
    url,
  }: {
    contentEncoding: string | undefined;
    isStartEnough?: boolean | undefined;
    maxBytes: number;
    url: string;
  },
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  // The reader below sees every failure; pipeline only passes it on.
  const decoded = pipeline(body, await decoderOf(body, contentEncoding, url), () => {});
  try {
    for await (const part of decoded as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > maxBytes && isStartEnough) {
        parts.push(part);
        break;
      }
      if (size > maxBytes) {
        throw new BotError('too_large', `${url} is larger than ${maxBytes / 1e6} MB and was given up`);
      }
      parts.push(part);
    }
  } finally {
    discard(body);
  }
  return Buffer.concat(parts).subarray(0, maxBytes);
}

/** Ends a body that nobody will read. */
export function discard(body: Readable): void {
  body.on('error', () => {}).destroy();
}

async function decoderOf(body: Readable, encoding: string | undefined, url: string): Promise<Transform> {
  const coding = encoding?.trim().toLowerCase() || 'identity';
  if (coding === 'deflate') {
    return (await startsLikeZlib(body)) ? createInflate() : createInflateRaw();
  }
  const decoder = {
    identity: PassThrough,
    gzip: createGunzip,
    'x-gzip': createGunzip,
    br: createBrotliDecompress,
  }[coding];
  if (!decoder) {
    discard(body);
    throw new BotError('bad_encoding', `${url} sent its body as "${coding}", which was not asked for`);
  }
  return decoder === PassThrough ? new PassThrough() : (decoder as typeof createGunzip)();
}

/** "deflate" should mean zlib's format, but some servers send the bare stream (RFC 9110, 8.4.1.2). */
async function startsLikeZlib(body: Readable): Promise<boolean> {
  for await (const part of body.iterator({ destroyOnReturn: false })) {
    body.unshift(part);
    return ((part as Buffer)[0] ?? 0) % 16 === 8;
  }
  return true;
}
