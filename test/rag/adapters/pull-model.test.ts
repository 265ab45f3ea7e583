// Against a hub and a content network on loopback that behave as the real ones.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { namedModel } from '#src/rag/adapters/language-models.js';
import { type PullOptions, pullModel } from '#src/rag/adapters/pull-model.js';
import { SECRET } from '../../fixtures/secrets.mjs';
import { type HubScript, sha256, startModelHub } from '../../helpers/model-hub.js';
import { tempFolder } from '../../helpers/temp-folder.js';

const MODEL = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7 + (i >> 8)) % 251));
const FILES = {
  'Model.Q4_K_M.gguf': MODEL,
  'Model.Q4_K_S.gguf': Buffer.from('small'),
  'README.md': Buffer.from('Model.Q4_K_M'),
};

async function aHub(script: Partial<HubScript> = {}) {
  const models = tempFolder();
  const part = path.join(models, 'Model.Q4_K_M.gguf.part');
  const kept = () => statSync(part, { throwIfNoEntry: false })?.size;
  const hub = await startModelHub({
    files: { ...FILES },
    beforeCut: async (at) => expect.poll(kept, { interval: 2 }).toBe(at),
    ...script,
  });
  const waits: number[] = [];
  const pull = (name = 'hf:user/Model-GGUF:Q4_K_M', options: Partial<PullOptions> = {}) =>
    pullModel(namedModel(name, models), {
      hub: hub.url,
      wait: async (ms) => void waits.push(ms),
      ...options,
    });
  return { hub, models, pull, waits, file: path.join(models, 'Model.Q4_K_M.gguf') };
}

it('finds the file of a quantization, follows it to the content network and compares its checksum', async () => {
  const { file, hub, models, pull } = await aHub();
  const progress: object[] = [];

  const pulled = await pull(undefined, { onProgress: (state) => progress.push(state) });

  expect(pulled).toEqual({ file, bytes: MODEL.length, isNew: true, isChecked: true });
  expect(readFileSync(file).equals(MODEL)).toBe(true);
  expect(readdirSync(models)).toEqual(['Model.Q4_K_M.gguf']);
  expect(progress.at(-1)).toEqual({ done: MODEL.length, total: MODEL.length });
  expect(hub.ranges).toEqual([undefined]);
});

it('asks nobody when the file is there', async () => {
  const { hub, pull } = await aHub();
  await pull();
  const asked = hub.paths.length;

  expect(await pull()).toMatchObject({ isNew: false, bytes: MODEL.length });
  expect(hub.paths).toHaveLength(asked);
});

it('goes on where the line was cut, again and again, and fetches no byte twice', async () => {
  const { file, hub, pull, waits } = await aHub({ cutAfter: (n) => (n < 4 ? 40_000 : undefined) });

  await pull();

  expect(readFileSync(file).equals(MODEL)).toBe(true);
  expect(hub.ranges).toEqual([undefined, 'bytes=40000-', 'bytes=80000-', 'bytes=120000-', 'bytes=160000-']);
  expect(hub.sent()).toBe(MODEL.length);
  // Each try brought something, so the wait does not grow.
  expect(waits).toEqual([1000, 1000, 1000, 1000]);
});

it('gives up when nothing comes any more, keeps what came, and goes on in the next run', async () => {
  let isDown = false;
  const { hub, models, pull, waits } = await aHub({
    cutAfter: (n) => (n === 0 ? 50_000 : undefined),
    instead: () => (isDown ? { status: 503 } : undefined),
  });
  await expect(pull(undefined, { tries: 1 })).rejects.toMatchObject({ code: 'download_failed' });
  isDown = true;

  await expect(pull(undefined, { tries: 3 })).rejects.toMatchObject({
    code: 'download_failed',
    message: expect.stringMatching(/503.*is kept, and the command goes on/),
  });

  expect(waits).toEqual([1000, 2000]);
  expect(readdirSync(models).sort()).toEqual(['Model.Q4_K_M.gguf.part', 'Model.Q4_K_M.gguf.part.json']);
  isDown = false;
  expect(await pull()).toMatchObject({ isNew: true, isChecked: true });
  expect(hub.ranges.at(-1)).toBe('bytes=50000-');
  expect(hub.sent()).toBe(MODEL.length);
});

it('begins anew when the file has changed on the hub since', async () => {
  const { file, hub, pull } = await aHub({ cutAfter: (n) => (n === 0 ? 50_000 : undefined) });
  await expect(pull(undefined, { tries: 1 })).rejects.toMatchObject({ code: 'download_failed' });
  const other = Buffer.from(MODEL).reverse();
  hub.files['Model.Q4_K_M.gguf'] = other;

  expect(await pull()).toMatchObject({ isChecked: true });

  expect(hub.ranges).toEqual([undefined, undefined]);
  expect(readFileSync(file).equals(other)).toBe(true);
});

it('begins anew where no ranges are answered', async () => {
  const { file, pull } = await aHub({ hasRanges: false, cutAfter: (n) => (n === 0 ? 50_000 : undefined) });

  await pull();

  expect(readFileSync(file).equals(MODEL)).toBe(true);
});

it('takes a file that was whole but for its name, without fetching it again', async () => {
  const { file, hub, models, pull } = await aHub();
  mkdirSync(models, { recursive: true });
  writeFileSync(`${file}.part`, MODEL);

  expect(await pull()).toMatchObject({ isNew: true, isChecked: true });
  expect(hub.sent()).toBe(0);
});

it('deletes what arrived damaged and says so', async () => {
  const { models, pull } = await aHub({ checksum: sha256(Buffer.from('another')) });

  await expect(pull()).rejects.toMatchObject({
    code: 'model_checksum',
    message: expect.stringMatching(/arrived damaged .* was deleted; run the command again$/),
  });
  expect(readdirSync(models)).toEqual([]);
});

it('says when a server names no checksum', async () => {
  const { pull } = await aHub({ checksum: '' });

  expect(await pull('hf:user/Model-GGUF/Model.Q4_K_M.gguf')).toMatchObject({ isNew: true, isChecked: false });
});

it('looks for room before it fetches, and counts what is there', async () => {
  const { file, models, pull } = await aHub();

  await expect(pull(undefined, { freeBytes: () => 200e6 })).rejects.toMatchObject({
    code: 'disk_full',
    message: expect.stringMatching(/free in .*; free some space or choose another --data-dir$/),
  });
  expect(readdirSync(models)).toEqual([]);
  writeFileSync(`${file}.part`, MODEL.subarray(0, 150_000));
  expect(await pull(undefined, { freeBytes: () => 200e6 + 60_000 })).toMatchObject({ isChecked: true });
});

it('keeps what came when it is stopped', async () => {
  const abort = new AbortController();
  const { hub, models, pull } = await aHub();
  const onProgress = ({ done }: { done: number }) => {
    if (done > 60_000) {
      abort.abort(new Error('stopped by a person'));
    }
  };

  await expect(pull(undefined, { signal: abort.signal, onProgress })).rejects.toThrow('stopped by a person');
  const kept = readFileSync(path.join(models, 'Model.Q4_K_M.gguf.part')).length;
  await pull();

  expect(kept).toBeGreaterThan(60_000);
  expect(hub.ranges[1]).toBe(`bytes=${kept}-`);
});

it('leaves a file to the process that fetches it, and takes over from one that is gone', async () => {
  const { file, pull } = await aHub();
  writeFileSync(`${file}.part.lock`, String(process.ppid));

  await expect(pull()).rejects.toMatchObject({
    code: 'download_busy',
    message: expect.stringContaining(String(process.ppid)),
  });
  writeFileSync(`${file}.part.lock`, '999999999');
  expect(await pull()).toMatchObject({ isNew: true });
  expect(existsSync(`${file}.part.lock`)).toBe(false);
});

it('shows its token to the hub alone, and says how to get one', async () => {
  const { pull } = await aHub({ token: `hf_right${SECRET}` });

  await expect(pull()).rejects.toMatchObject({
    code: 'model_gated',
    message: expect.stringMatching(/\(401\); accept the licence at .*user\/Model-GGUF and set HF_TOKEN/),
  });
  await expect(pull(undefined, { token: `hf_wrong${SECRET}` })).rejects.toMatchObject({
    code: 'model_gated',
    message: expect.not.stringContaining('hf_wrong'),
  });
  // The content network refuses requests with a token.
  expect(await pull(undefined, { token: `hf_right${SECRET}` })).toMatchObject({ isChecked: true });
});

it.each([
  ['hf:user/Model-GGUF:Q9_X', /has no Q9_X \(it has: Model\.Q4_K_M\.gguf, Model\.Q4_K_S\.gguf\)$/],
  ['hf:user/Other-GGUF:Q4_K_M', /\(?404\)?.*check the name at/],
  ['hf:user/Model-GGUF/None.gguf', /is not there \(404\).*check the name at/],
])('says what there is instead of %s', async (name, message) => {
  const { pull } = await aHub();

  await expect(pull(name)).rejects.toMatchObject({
    code: 'model_not_found',
    message: expect.stringMatching(message),
  });
});

it('fetches all parts of a model whose first is named, and says so where a quantization is in parts', async () => {
  const parts = Object.fromEntries(
    [1, 2, 3].map((n) => [`big/M.Q8_0-0000${n}-of-00003.gguf`, MODEL.subarray(n * 1000, n * 2000)]),
  );
  const { hub, models, pull } = await aHub({ files: parts });

  await expect(pull('hf:user/Model-GGUF:Q8_0')).rejects.toMatchObject({
    message: expect.stringContaining('name the first: hf:user/Model-GGUF/big/M.Q8_0-00001-of-00003.gguf'),
  });
  const pulled = await pull('hf:user/Model-GGUF/big/M.Q8_0-00001-of-00003.gguf');

  expect(pulled).toMatchObject({ bytes: 6000, isChecked: true });
  expect(readdirSync(models).sort()).toEqual(Object.keys(parts).map((name) => path.basename(name)));
  expect(hub.ranges).toHaveLength(3);
});

it('fetches from a plain address', async () => {
  const { hub, models, pull } = await aHub();

  const pulled = await pull(`${hub.url}/user/Model-GGUF/resolve/main/Model.Q4_K_S.gguf`);

  expect(pulled).toMatchObject({ file: path.join(models, 'Model.Q4_K_S.gguf'), bytes: 5, isChecked: true });
});

it('obeys a proxy', async () => {
  const { hub, pull } = await aHub();
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket, head) => {
    asked.push(request.url ?? '');
    // The name that only the proxy can resolve is the hub.
    const upstream = connect(Number(new URL(hub.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const http = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  const pulled = await pull(undefined, { hub: 'http://hub.example', proxies: { http, none: [] } });

  expect(pulled).toMatchObject({ isChecked: true });
  expect(asked[0]).toBe('hub.example:80');
});

it('fails rather than wait for ever on a proxy that hangs up', async () => {
  const { pull } = await aHub();
  const proxy = createServer().on('connect', (_, socket) => void socket.end('HTTP/1.1 502 Bad\r\n\r\n'));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const http = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  await expect(
    pull(undefined, { hub: 'http://hub.example', proxies: { http, none: [] } }),
  ).rejects.toMatchObject({
    code: 'download_failed',
  });
});
