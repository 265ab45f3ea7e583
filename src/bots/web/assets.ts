// The files of the page: its modules, compiled like all else, its style and its picture. Read once, at the start.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { Hono } from 'hono';

export interface Assets {
  routes: Hono;
  /** Paths of the page's modules, to be fetched side by side. */
  modules: string[];
  styles: string[];
}

const MODULES = fileURLToPath(new URL('./page', import.meta.url));
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const compress = promisify(brotliCompress);
/** Made once, so that it may take a moment. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** `folder` = where style and picture lie. */
export async function readAssets(folder: string): Promise<Assets> {
  const routes = new Hono();
  const names: string[] = [];
  for (const from of [MODULES, folder]) {
    for (const name of (await readdir(from)).toSorted()) {
      const type = TYPES[path.extname(name)];
      if (type) {
        names.push(name);
        await serveFile(routes, `/page/${name}`, await readFile(path.join(from, name), 'utf8'), type);
      }
    }
  }
  const ending = (end: string) => names.filter((name) => name.endsWith(end)).map((name) => `/page/${name}`);
  return { routes, modules: ending('.js'), styles: ending('.css') };
}

async function serveFile(routes: Hono, at: string, text: string, type: string): Promise<void> {
  const plain = text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  const packed = new Uint8Array(await compress(plain, QUALITY));
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 20)}"`;
  routes.get(at, (context) => {
    const headers = { etag: tag, 'cache-control': 'no-cache', vary: 'accept-encoding' };
    if (context.req.header('if-none-match') === tag) {
      return context.body(null, 304, headers);
    }
    const isPacked = /\bbr\b/.test(context.req.header('accept-encoding') ?? '');
    return isPacked
      ? context.body(packed, 200, { ...headers, 'content-type': type, 'content-encoding': 'br' })
      : context.body(plain, 200, { ...headers, 'content-type': type });
  });
}
