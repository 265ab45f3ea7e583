import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startChroma } from '#src/rag/adapters/chroma-server.js';
import { openSemanticSearch, type SemanticDeps, type SemanticSettings } from '#src/rag/open-semantic.js';
import type { Vector } from '#src/rag/ports.js';
import { freePort } from '../helpers/free-port.js';
import { makeEmbeddingModel } from '../helpers/make-embedding-model.js';
import { until } from '../helpers/processes.js';
import { memorySwitches } from '../helpers/switches.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { unitVector } from '../helpers/vectors.js';
import { watchedLog } from '../helpers/watched-log.js';

const NOWHERE = 'http://127.0.0.1:9';

function settings(parts: Partial<SemanticSettings> = {}): SemanticSettings {
  return {
    model: 'none',
    threads: 1,
    download: false,
    hub: NOWHERE,
    chroma: { mode: 'exact', startTimeoutMs: 20_000 },
    ...parts,
  };
}

function deps(stored: { id: string; vector: Vector }[] = []): SemanticDeps {
  const applied = new Map<string, number>();
  return {
    log: watchedLog(),
    store: async () => ({
      chunks: { countChunks: async () => stored.length },
      switches: memorySwitches(),
      vectors: {
        async *allVectors() {
          yield stored;
        },
        appliedRevision: async (name) => applied.get(name) ?? 0,
        setAppliedRevision: async (name, revision) => void applied.set(name, revision),
      },
    }),
    async fill({ index }) {
      const facts = { document: 'x', articleId: 'a', publishedAt: '2023-12-19T10:00:00.000Z' };
      await index.upsert(stored.map((item) => ({ ...item, ...facts })));
      return true;
    },
  };
}

async function open(
  parts: Partial<SemanticSettings>,
  folder = tempFolder(),
  stored?: { id: string; vector: Vector }[],
) {
  const semantic = await openSemanticSearch(deps(stored), folder, settings(parts));
  onTestFinished(() => semantic.close());
  return semantic;
}

const aModel = () => makeEmbeddingModel(path.join(tempFolder(), 'own-model'));

it('is off in one line with the model "none"', async () => {
  expect(await open({ model: 'none' })).toMatchObject({
    notice: 'semantic search is off: the embedding model is "none"; answers come from matching words',
  });
});

it('is off in one line when a preset is not there and may not be fetched', async () => {
  const { dense, notice } = await open({ model: 'all-MiniLM-L6-v2' });

  expect([dense, notice]).toEqual([undefined, expect.stringContaining('all-MiniLM-L6-v2 is not downloaded')]);
});

it('is off in one line when a preset cannot be fetched', async () => {
  const { dense, notice } = await open({ model: 'all-MiniLM-L6-v2', download: true });

  expect([dense, notice]).toEqual([undefined, expect.stringContaining(`cannot be fetched from ${NOWHERE}`)]);
});

it('uses a preset that lies in the data folder', async () => {
  const folder = tempFolder();
  makeEmbeddingModel(path.join(folder, 'models/all-MiniLM-L6-v2'));

  const { dense, notice } = await open({ model: 'all-MiniLM-L6-v2' }, folder);

  expect([dense?.embedder.key, notice]).toEqual(['all-MiniLM-L6-v2-32', undefined]);
});

it.each([
  ['a folder that is not there', './no/such/folder', 'model_missing'],
  ['an unknown name', 'gpt', 'model_unknown'],
])('tells a wrong setting at once: %s', async (_, model, code) => {
  await expect(open({ model })).rejects.toMatchObject({ code });
});

it('searches stored vectors by an exact scan when Chroma is not wanted', async () => {
  const stored = [{ id: 'a', vector: unitVector(1, 32) }];

  const { dense, notice } = await open({ model: aModel() }, tempFolder(), stored);

  expect([dense?.index.kind, dense?.name, notice]).toEqual([
    'exact scan',
    'exact third-umpire-own-model-32',
    undefined,
  ]);
  expect((await dense?.index.nearest(unitVector(1, 32), 3))?.map(({ id }) => id)).toEqual(['a']);
});

it('runs a Chroma of its own, which ends when it is closed', async () => {
  const folder = tempFolder();

  const semantic = await openSemanticSearch(
    deps(),
    folder,
    settings({ model: aModel(), chroma: { mode: 'auto', startTimeoutMs: 20_000 } }),
  );

  expect([semantic.dense?.index.kind, semantic.notice]).toEqual(['chroma (embedded)', undefined]);
  expect(existsSync(path.join(folder, 'chroma.lock'))).toBe(true);
  await semantic.close();
  expect(existsSync(path.join(folder, 'chroma.lock'))).toBe(false);
});

it('scans exactly, and says so, when the given Chroma does not answer', async () => {
  const { dense, notice } = await open({
    model: aModel(),
    chroma: { mode: 'auto', url: NOWHERE, startTimeoutMs: 1000 },
  });

  expect([dense?.index.kind, notice]).toEqual([
    'exact scan',
    `Chroma at ${NOWHERE} does not answer: an exact scan stands in for it`,
  ]);
});

it('scans exactly when no Chroma of its own comes up', async () => {
  const { dense } = await open({ model: aModel(), chroma: { mode: 'auto', startTimeoutMs: 30 } });

  expect(dense?.index.kind).toBe('exact scan');
});

it('leaves no Chroma behind when the model is broken', async () => {
  const folder = tempFolder();
  const model = aModel();
  rmSync(path.join(model, 'config.json'));

  const failure = open({ model, chroma: { mode: 'auto', startTimeoutMs: 20_000 } }, folder);

  await expect(failure).rejects.toMatchObject({ code: 'model_missing' });
  expect(existsSync(path.join(folder, 'chroma.lock'))).toBe(false);
});

/** A Chroma of its own on this port. */
function runChroma(folder: string, port: number): void {
  const entry = fileURLToPath(new URL('./cli.mjs', import.meta.resolve('chromadb')));
  const args = [entry, 'run', '--host', '127.0.0.1', '--port', String(port), '--path', folder];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
}

it('goes over to a Chroma that was missing at the start, once that has all vectors', async () => {
  const stored = [{ id: 'a', vector: unitVector(1, 32) }];
  const port = await freePort();
  const chroma = { mode: 'auto' as const, url: `http://127.0.0.1:${port}`, startTimeoutMs: 1000 };
  const semantic = await open(
    { model: aModel(), chroma: { ...chroma, lookEveryMs: 50 } },
    tempFolder(),
    stored,
  );
  expect([semantic.dense?.index.kind, semantic.notice]).toEqual(['exact scan', expect.any(String)]);

  runChroma(path.join(tempFolder(), 'chroma'), port);
  await until('Chroma answers', () => semantic.dense?.index.kind === `chroma at ${chroma.url}`);

  expect(semantic.notice).toBeUndefined();
  expect((await semantic.dense?.index.nearest(unitVector(1, 32), 3))?.map(({ id }) => id)).toEqual(['a']);
});

it('looks for another Chroma when the one that it shared has gone with its owner', async () => {
  const folder = tempFolder();
  const owner = await startChroma(
    { log: watchedLog() },
    { folder: path.join(folder, 'chroma'), startTimeoutMs: 20_000 },
  );
  const chroma = { mode: 'auto' as const, startTimeoutMs: 20_000, lookEveryMs: 50 };
  const semantic = await open({ model: aModel(), chroma }, folder);

  await owner.stop();
  await expect(semantic.dense?.index.count()).rejects.toMatchObject({ code: 'chroma_unreachable' });
  await until(
    'it runs one of its own',
    () =>
      semantic.dense?.index.count().then(
        () => true,
        () => false,
      ) ?? false,
  );

  await semantic.close();
  expect(existsSync(path.join(folder, 'chroma.lock'))).toBe(false);
});
