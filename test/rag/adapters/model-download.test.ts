// Against a server on loopback that behaves like the hub: it redirects weights to its content network, names
// their checksum in the redirect, and answers ranges.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ensureModel } from '#src/rag/adapters/model-download.js';
import { type Answer, type Handler, startSite } from '../../helpers/feed-server.js';
import { tempFolder } from '../../helpers/temp-folder.js';

/** A preset without a pinned checksum, so that the server's own is compared. */
const NAME = 'bge-small-en-v1.5';
const ROOT = '/Xenova/bge-small-en-v1.5/resolve/main';
const WEIGHTS = Buffer.from(Array.from({ length: 50_000 }, (_, i) => i % 251));
const SHA256 = createHash('sha256').update(WEIGHTS).digest('hex');

/** Serves bytes as a content network does, with ranges. */
function served(bytes: Buffer): Handler {
  return (request, response) => {
    const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const body = bytes.subarray(Number(from ?? 0));
    response.writeHead(from ? 206 : 200, { 'content-length': body.length });
    response.end(body);
  };
}

async function aHub(weights: Answer = served(WEIGHTS), checksum = SHA256) {
  const site = await startSite({
    [`${ROOT}/config.json`]: '{"model_type":"bert"}',
    [`${ROOT}/tokenizer_config.json`]: '{}',
    [`${ROOT}/tokenizer.json`]: '{"model":{}}',
    [`${ROOT}/onnx/model_quantized.onnx`]: {
      status: 302,
      headers: { location: '/cdn/weights?signature=x', 'x-linked-etag': `"${checksum}"` },
    },
    '/cdn/weights?signature=x': weights,
  });
  const cacheDir = tempFolder();
  const folder = path.join(cacheDir, NAME);
  return { site, cacheDir, folder, weightsFile: path.join(folder, 'onnx/model_quantized.onnx') };
}

it('fetches every file through the redirect, checks the weights and tells how far it is', async () => {
  const { cacheDir, folder, site, weightsFile } = await aHub();
  const progress: { done: number; total?: number | undefined }[] = [];

  const result = await ensureModel(NAME, { cacheDir, hub: site.url, onProgress: (p) => progress.push(p) });

  expect(result).toBe(folder);
  expect(readFileSync(weightsFile).equals(WEIGHTS)).toBe(true);
  expect(readFileSync(path.join(folder, 'config.json'), 'utf8')).toBe('{"model_type":"bert"}');
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
    'config.json',
    'onnx',
    'onnx/model_quantized.onnx',
    'tokenizer.json',
    'tokenizer_config.json',
  ]);
  expect(progress.at(-1)).toEqual({ done: WEIGHTS.length, total: WEIGHTS.length });
});

it('asks for nothing when everything is there', async () => {
  const { cacheDir, site } = await aHub();
  await ensureModel(NAME, { cacheDir, hub: site.url });
  const before = site.requests.length;

  await ensureModel(NAME, { cacheDir, hub: site.url });

  expect(site.requests.length).toBe(before);
});

it('goes on where a broken download stopped', async () => {
  let isFirst = true;
  const { cacheDir, site, weightsFile } = await aHub((request, response) => {
    if (!isFirst) {
      served(WEIGHTS)(request, response);
      return;
    }
    isFirst = false;
    response.writeHead(200, { 'content-length': WEIGHTS.length });
    response.write(WEIGHTS.subarray(0, 20_000));
    // Cut only once the client has kept something: what it has not read yet is lost with the connection.
    const part = `${weightsFile}.part`;
    const waiting = setInterval(() => {
      if (existsSync(part) && statSync(part).size > 0) {
        clearInterval(waiting);
        response.destroy();
      }
    }, 2);
  });
  const progress: { done: number; total?: number | undefined }[] = [];

  await expect(ensureModel(NAME, { cacheDir, hub: site.url })).rejects.toMatchObject({
    code: 'model_unreachable',
  });
  expect(existsSync(weightsFile)).toBe(false);
  await ensureModel(NAME, { cacheDir, hub: site.url, onProgress: (p) => progress.push(p) });

  const ranges = site.requests
    .filter(({ path: asked }) => asked.startsWith('/cdn'))
    .map(({ headers }) => headers.range);
  expect(ranges[0]).toBeUndefined();
  expect(ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
  expect(readFileSync(weightsFile).equals(WEIGHTS)).toBe(true);
  expect(progress.at(-1)).toEqual({ done: WEIGHTS.length, total: WEIGHTS.length });
});

it('starts over when the server answers no ranges', async () => {
  const { cacheDir, folder, site, weightsFile } = await aHub(WEIGHTS);
  mkdirSync(path.dirname(weightsFile), { recursive: true });
  writeFileSync(`${weightsFile}.part`, WEIGHTS.subarray(0, 123));

  await ensureModel(NAME, { cacheDir, hub: site.url });

  expect(readFileSync(weightsFile).equals(WEIGHTS)).toBe(true);
  expect(readdirSync(path.join(folder, 'onnx'))).toEqual(['model_quantized.onnx']);
});

it('takes a download that had been complete but for its name', async () => {
  const { cacheDir, site, weightsFile } = await aHub((request, response) => {
    // What a content network says to a range that begins at the end.
    if (request.headers.range === `bytes=${WEIGHTS.length}-`) {
      response.writeHead(416, { 'content-range': `bytes */${WEIGHTS.length}` }).end();
      return;
    }
    served(WEIGHTS)(request, response);
  });
  mkdirSync(path.dirname(weightsFile), { recursive: true });
  writeFileSync(`${weightsFile}.part`, WEIGHTS);

  await ensureModel(NAME, { cacheDir, hub: site.url });

  expect(readFileSync(weightsFile).equals(WEIGHTS)).toBe(true);
});

it('throws a damaged download away and says so; the next one is clean', async () => {
  const { cacheDir, folder, site, weightsFile } = await aHub(served(Buffer.alloc(WEIGHTS.length)));

  await expect(ensureModel(NAME, { cacheDir, hub: site.url })).rejects.toMatchObject({
    code: 'model_checksum',
    message: expect.stringMatching(
      /model_quantized\.onnx arrived damaged .+ was deleted; run the command again$/,
    ),
  });
  expect(readdirSync(path.join(folder, 'onnx'))).toEqual([]);
  site.routes['/cdn/weights?signature=x'] = served(WEIGHTS);
  await ensureModel(NAME, { cacheDir, hub: site.url });

  expect(readFileSync(weightsFile).equals(WEIGHTS)).toBe(true);
});

it("compares a pinned checksum, whatever the server's own says", async () => {
  const site = await startSite({});
  const root = '/Xenova/all-MiniLM-L6-v2/resolve/main';
  for (const file of ['config.json', 'tokenizer_config.json', 'tokenizer.json']) {
    site.routes[`${root}/${file}`] = '{}';
  }
  site.routes[`${root}/onnx/model_quantized.onnx`] = { headers: { 'x-linked-etag': SHA256 }, body: WEIGHTS };

  await expect(
    ensureModel('all-MiniLM-L6-v2', { cacheDir: tempFolder(), hub: site.url }),
  ).rejects.toMatchObject({ code: 'model_checksum' });
});

it('says how to bring the files by hand when nothing answers', async () => {
  const cacheDir = tempFolder();

  await expect(ensureModel(NAME, { cacheDir, hub: 'http://127.0.0.1:9' })).rejects.toMatchObject({
    code: 'model_unreachable',
    message: expect.stringMatching(
      /^bge-small-en-v1\.5 cannot be fetched from http:\/\/127\.0\.0\.1:9 \(.+\); bring config\.json, .+ to .+$/,
    ),
  });
});

it.each<[string, Answer]>([
  ['answers 404', { status: 404, body: 'no such model' }],
  ['answers 500', { status: 500 }],
  ['redirects in a circle', { status: 302, headers: { location: '/cdn/weights?signature=x' } }],
])('says that the hub cannot be used when it %s', async (_, answer) => {
  const { cacheDir, site, weightsFile } = await aHub(answer);

  await expect(ensureModel(NAME, { cacheDir, hub: site.url })).rejects.toMatchObject({
    code: 'model_unreachable',
  });

  expect(existsSync(weightsFile)).toBe(false);
});

it('stops when it is aborted', async () => {
  const abort = new AbortController();
  const { cacheDir, site } = await aHub(() => abort.abort(new Error('given up')));

  await expect(ensureModel(NAME, { cacheDir, hub: site.url, signal: abort.signal })).rejects.toThrow(
    'given up',
  );
});

it('names what can be asked for', async () => {
  await expect(
    ensureModel('gpt', { cacheDir: tempFolder(), hub: 'http://127.0.0.1:9' }),
  ).rejects.toMatchObject({
    code: 'model_unknown',
    message: expect.stringContaining('all-MiniLM-L6-v2, all-mpnet-base-v2, bge-small-en-v1.5'),
  });
});
