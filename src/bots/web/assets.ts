// The files of the page: its modules, compiled like all else, its picture and its style. Read once, at the start.
// The style goes out within the page: a browser paints nothing before it has the style, and one more round for each
// file costs more than its bytes.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { Hono } from 'hono';

export interface Assets {
  routes: Hono;
  /** CSS of all views. */
  style: string;
}

const MODULES = fileURLToPath(new URL('./page', import.meta.url));
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const compress = promisify(brotliCompress);
/** Made once, so that it may take a moment. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** `folder` = where style and picture lie. */
export async function readAssets(folder: string): Promise<Assets> {
  const routes = new Hono();
  const styles: string[] = [];
  for (const from of [MODULES, folder]) {
    for (const name of (await readdir(from)).toSorted()) {
      const extension = path.extname(name);
      const type = TYPES[extension];
      if (type) {
        await serveFile(routes, `/page/${name}`, await readFile(path.join(from, name), 'utf8'), type);
      } else if (extension === '.css') {
        styles.push(await readFile(path.join(from, name), 'utf8'));
      }
    }
  }
  return { routes, style: styles.join('') };
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
