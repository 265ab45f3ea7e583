import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openChroma } from '#src/rag/adapters/chroma.js';
import { type ChromaServer, startChroma } from '#src/rag/adapters/chroma-server.js';
import { unitVector } from '../../helpers/vectors.js';
import { watchedLog } from '../../helpers/watched-log.js';
import { DIMENSION, describeVectorIndex, item } from './vector-index-contract.js';

// One server for the file, because each takes half a second to start.
const folder = mkdtempSync(path.join(tmpdir(), 'third-umpire-test-'));
let server: ChromaServer;

beforeAll(async () => {
  server = await startChroma(
    { log: watchedLog() },
    { folder: path.join(folder, 'chroma'), startTimeoutMs: 20_000 },
  );
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(collection = `test-${randomUUID()}`) {
  const index = await openChroma({ url: server.url, collection, kind: 'chroma (embedded)' });
  onTestFinished(() => index.close());
  return index;
}

describeVectorIndex(() => open());

it('finds what was stored when it is opened again', async () => {
  const first = await open('again');
  await first.upsert([item('a', 1)]);

  const second = await open('again');

  expect((await second.nearest(unitVector(1, DIMENSION), 3)).map(({ id }) => id)).toEqual(['a']);
});

it('says in one line when no server answers', async () => {
  const options = { url: 'http://127.0.0.1:9', collection: 'x', kind: 'chroma at http://127.0.0.1:9' };

  await expect(openChroma(options)).rejects.toMatchObject({
    code: 'chroma_unreachable',
    message: expect.stringMatching(/^Chroma at http:\/\/127\.0\.0\.1:9 failed: .+; check that it runs$/),
  });
});
