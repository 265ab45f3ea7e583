// A model hub on loopback as the real one behaves: it lists a repository's files with their checksums, redirects a
// file to a content network at another origin, and wants a token for gated models. The content network serves ranges
// and refuses a token that was not meant for it. Both can be told to fail.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface HubScript {
  repository?: string;
  /** Contents by path. */
  files: Record<string, Buffer>;
  /** Wanted for everything but the list of a model; absent = open to all. */
  token?: string;
  /** The hub names this checksum instead of the right one; '' = none. */
  checksum?: string;
  /** Before the n-th body (from 0) of the content network: bytes after which it is cut; undefined = whole. */
  cutAfter?: (n: number) => number | undefined;
  /** Waited for before a cut, until byte `at` of the file has been kept: what a client has not read yet is lost with the line. */
  beforeCut?: (at: number) => Promise<unknown>;
  /** In place of the n-th answer of the content network. */
  instead?: (n: number) => { status: number; headers?: Record<string, string> } | undefined;
  /** Whether ranges are answered; false = always the whole file. */
  hasRanges?: boolean;
  /** Waited for before each piece of a body: a slow line. */
  beforePiece?: (sent: number) => Promise<void>;
}

export interface ModelHub {
  url: string;
  /** Range headers that the content network got, in order. */
  ranges: (string | undefined)[];
  /** Bytes that it sent. */
  sent: () => number;
  /** Paths that the hub was asked for. */
  paths: string[];
  files: Record<string, Buffer>;
}

const PIECE = 16_384;
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export async function startModelHub(script: HubScript): Promise<ModelHub> {
  const { cutAfter, files, hasRanges = true, instead, repository = 'user/Model-GGUF', token } = script;
  const ranges: ModelHub['ranges'] = [];
  const paths: string[] = [];
  let sent = 0;

  const network = await listen(async (request, response) => {
    const n = ranges.push(request.headers.range) - 1;
    const file = files[decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname).slice(1)];
    const failed = instead?.(n);
    if (request.headers.authorization) {
      return response.writeHead(400).end('Only one auth mechanism allowed');
    }
    if (failed || !file || !request.url?.includes('signature=')) {
      return response.writeHead(failed?.status ?? 403, failed?.headers).end();
    }
    const match = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const from = match && hasRanges ? Number(match[1]) : 0;
    if (from >= file.length && file.length > 0) {
      return response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end();
    }
    const range = `bytes ${from}-${file.length - 1}/${file.length}`;
    response.writeHead(match && hasRanges ? 206 : 200, {
      'content-length': file.length - from,
      etag: `"${sha256(file).slice(0, 32)}"`,
      'accept-ranges': 'bytes',
      ...(match && hasRanges ? { 'content-range': range } : {}),
    });
    const most = cutAfter?.(n) ?? Number.POSITIVE_INFINITY;
    for (let at = from; at < file.length; at += PIECE) {
      await script.beforePiece?.(at);
      if (at - from >= most || response.destroyed) {
        await script.beforeCut?.(from + most);
        return response.destroy();
      }
      const piece = file.subarray(at, Math.min(at + PIECE, from + most, file.length));
      sent += piece.length;
      await new Promise((resolve) => response.write(piece, resolve));
    }
    return response.end();
  });

  const hub = await listen((request, response) => {
    paths.push(request.url ?? '');
    const url = new URL(request.url ?? '', 'http://x');
    const [, name, path] = /^\/(.+)\/resolve\/main\/(.+)$/.exec(url.pathname) ?? [];
    if (url.pathname === `/api/models/${repository}/tree/main`) {
      const listed = Object.entries(files).map(([path, bytes]) => ({
        type: 'file',
        path,
        size: bytes.length,
        lfs: { oid: script.checksum || sha256(bytes), size: bytes.length, pointerSize: 135 },
      }));
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(listed));
    }
    const file = name === repository ? files[decodeURIComponent(path ?? '')] : undefined;
    if (!file) {
      return response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end('Entry not found');
    }
    if (token && request.headers.authorization !== `Bearer ${token}`) {
      return response
        .writeHead(request.headers.authorization ? 403 : 401, { 'x-error-code': 'GatedRepo' })
        .end();
    }
    const checksum = script.checksum ?? sha256(file);
    return response
      .writeHead(302, {
        location: `${network.url}/${path}?signature=secret`,
        'x-linked-size': file.length,
        ...(checksum ? { 'x-linked-etag': `"${checksum}"` } : {}),
      })
      .end();
  });
  return { url: hub.url, ranges, sent: () => sent, paths, files };
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server: Server = createServer((request, response) => {
    response.on('error', () => {});
    void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
