// How each part is read.
import { expect, it } from 'vitest';
import type { App, IndexStatus, ModelState } from '#src/ops/app.js';
import { readModel, readParts } from '#src/ops/health/readings.js';

const WORDS: IndexStatus = { name: 'lexical', kind: 'FTS5', count: 3, behind: 0 };
const MEANING: IndexStatus = { name: 'semantic', kind: 'chroma (embedded)', count: 3, behind: 0 };

function anApp(parts: Partial<Pick<App, 'counts' | 'indexStatus' | 'model' | 'notice'>> = {}) {
  return {
    counts: async () => ({ articles: 2, chunks: 3 }),
    indexStatus: async () => [WORDS, MEANING],
    model: (): ModelState => ({ isWanted: true, name: 'Mixtral', failures: [] }),
    notice: () => undefined,
    ...parts,
  };
}

it('reads every part by its name', async () => {
  const platforms = () => [
    { name: 'slack', isConnected: true },
    { name: 'discord', isConnected: false, problem: 'Discord does not know the token' },
  ];

  expect(await readParts(anApp(), { platforms }, 1000)).toEqual({
    store: { status: 'ok', fact: '2 articles in 3 passages' },
    words: { status: 'ok', fact: '3 passages, FTS5' },
    chroma: { status: 'ok', fact: '3 passages, chroma (embedded)' },
    model: { status: 'ok', fact: 'Mixtral' },
    slack: { status: 'ok', fact: 'connected' },
    discord: { status: 'degraded', fact: 'Discord does not know the token' },
  });
});

it.each([
  [
    'an exact scan stands in',
    [WORDS, { ...MEANING, kind: 'exact scan' }],
    'no Chroma: an exact scan stands in for it',
  ],
  ['semantic search is off', [WORDS], 'semantic search is off: no model'],
  ['Chroma is silent', [WORDS, { ...MEANING, kind: 'chroma (embedded), which does not answer' }], undefined],
])('is degraded when %s', async (_, indexes, notice) => {
  const app = anApp({ indexStatus: async () => indexes, notice: () => notice });

  expect((await readParts(app, undefined, 1000))['chroma']).toMatchObject({ status: 'degraded' });
});

it('is not ready while the words lack more than a minute brings', async () => {
  const reading = async (behind: number) => {
    const app = anApp({ indexStatus: async () => [{ ...WORDS, behind }, MEANING] });
    return (await readParts(app, undefined, 1000))['words'];
  };

  expect([await reading(20), await reading(90_000)]).toEqual([
    { status: 'ok', fact: '3 passages, FTS5, 20 behind' },
    { status: 'failed', fact: '3 passages, FTS5, 90000 behind' },
  ]);
});

it('fails with a store that throws, and with one that does not answer in time', async () => {
  const broken = anApp({ counts: () => Promise.reject(new Error('the disk is gone')) });
  const silent = anApp({ counts: () => new Promise(() => {}) });

  expect((await readParts(broken, undefined, 1000))['store']).toEqual({
    status: 'failed',
    fact: 'the disk is gone',
  });
  expect((await readParts(silent, undefined, 20))['store']).toMatchObject({ status: 'failed' });
});

it.each([
  [{ isWanted: false, failures: [] }, 'off'],
  [{ isWanted: true, failures: [] }, 'degraded'],
  [{ isWanted: true, name: 'small', failures: ['the server does not answer'] }, 'degraded'],
  [{ isWanted: true, name: 'Mixtral', failures: [] }, 'ok'],
])('reads the model %o as %s', (state, status) => {
  expect(readModel(state).status).toBe(status);
});

it('names each of several model servers, and is degraded when one is away', async () => {
  const aServer = (name: string, state: 'ready' | 'away' | 'trial', failure?: string) => ({
    ...{ name, state, limit: 4, writing: 2, failure },
  });
  const read = async (...servers: ReturnType<typeof aServer>[]) => {
    const model = (): ModelState => ({ isWanted: true, name: 'Mixtral', failures: [], servers });
    return readParts(anApp({ model }), undefined, 1000);
  };

  expect(await read(aServer('gpu-1', 'ready'), aServer('gpu-2', 'away', 'it does not answer'))).toMatchObject(
    {
      model: { status: 'degraded', fact: 'Mixtral: 1 of 2 servers write' },
      'model gpu-1': { status: 'ok', fact: 'writes 2 of 4' },
      'model gpu-2': { status: 'degraded', fact: 'away: it does not answer' },
    },
  );
  expect(await read(aServer('gpu-1', 'ready'), aServer('gpu-2', 'trial'))).toMatchObject({
    model: { status: 'ok' },
    'model gpu-2': { status: 'degraded', fact: 'trial' },
  });
  expect((await read(aServer('gpu-1', 'away', 'gone')))['model']).toEqual({
    status: 'degraded',
    fact: 'no server writes: gone',
  });
});

it('names the file of a model that is missing', () => {
  const nobody: ModelState = { isWanted: true, name: undefined, failures: [] };
  const notice = 'an exact scan stands in\nanswers are quoted: there is no model file /m/mixtral.gguf';

  expect(readModel(nobody, notice).fact).toBe('answers are quoted: there is no model file /m/mixtral.gguf');
  expect(readModel({ ...nobody, failures: ['it is damaged'] }, notice).fact).toBe(
    'answers are quoted: it is damaged',
  );
});
