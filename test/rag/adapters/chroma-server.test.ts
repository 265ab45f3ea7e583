import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '#src/log.js';
import { answers, startChroma } from '#src/rag/adapters/chroma-server.js';
import { isAlive, until } from '../../helpers/processes.js';
import { tempFolder } from '../../helpers/temp-folder.js';

const OWNER = fileURLToPath(new URL('../../fixtures/own-chroma.mjs', import.meta.url));
const log = createLog('silent');

async function start(folder: string) {
  const server = await startChroma({ log }, { folder, startTimeoutMs: 20_000 });
  onTestFinished(() => server.stop());
  return server;
}

/** A process of its own that runs Chroma in the folder. */
async function startOwner(folder: string) {
  const owner = spawn(process.execPath, [OWNER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void owner.kill('SIGKILL'));
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  const server = JSON.parse(line.toString()) as { url: string; pid: number };
  onTestFinished(() => {
    if (isAlive(server.pid)) {
      process.kill(server.pid, 'SIGKILL');
    }
  });
  return { owner, server };
}

it('answers on loopback and leaves neither process nor lock behind when it is stopped', async () => {
  const folder = path.join(tempFolder(), 'chroma');
  const server = await start(folder);
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect([await answers(server.url), isAlive(server.pid)]).toEqual([true, true]);

  await server.stop();

  expect([await answers(server.url), isAlive(server.pid), existsSync(`${folder}.lock`)]).toEqual([
    false,
    false,
    false,
  ]);
});

it('is shared by two processes and outlives the one that only shares it', async () => {
  const folder = path.join(tempFolder(), 'chroma');
  const { server: owned } = await startOwner(folder);

  const shared = await start(folder);
  await shared.stop();

  expect([shared.url, shared.pid]).toEqual([owned.url, owned.pid]);
  expect(await answers(owned.url)).toBe(true);
});

it('is adopted after its owner was killed, and then stopped by whom adopted it', async () => {
  const folder = path.join(tempFolder(), 'chroma');
  const { owner, server: orphan } = await startOwner(folder);
  const ended = once(owner, 'exit');
  owner.kill('SIGKILL');
  await ended;

  const adopted = await start(folder);
  expect([adopted.url, adopted.pid]).toEqual([orphan.url, orphan.pid]);
  await adopted.stop();

  expect([isAlive(orphan.pid), existsSync(`${folder}.lock`)]).toEqual([false, false]);
});

it('is started anew when one that was adopted has died', async () => {
  const folder = path.join(tempFolder(), 'chroma');
  const { owner, server: orphan } = await startOwner(folder);
  const ended = once(owner, 'exit');
  owner.kill('SIGKILL');
  await ended;
  await start(folder);
  process.kill(orphan.pid, 'SIGKILL');
  await until('the orphan is gone', () => !isAlive(orphan.pid));

  const anew = await start(folder);

  expect(anew.pid).not.toBe(orphan.pid);
  expect(await answers(anew.url)).toBe(true);
});

it('is started once when two ask for it at the same time', async () => {
  const folder = path.join(tempFolder(), 'chroma');

  const [one, two] = await Promise.all([start(folder), start(folder)]);

  expect(one.pid).toBe(two.pid);
});

it('comes back at the same address after kill -9, and can be stopped then', async () => {
  const folder = path.join(tempFolder(), 'chroma');
  const server = await start(folder);

  process.kill(server.pid, 'SIGKILL');
  await until('the first one is gone', () => !isAlive(server.pid));
  await until('another one answers', () => answers(server.url));

  const lock = JSON.parse(readFileSync(`${folder}.lock`, 'utf8')) as { server: number };
  expect(lock.server).not.toBe(server.pid);
  await server.stop();
  expect([isAlive(lock.server), await answers(server.url)]).toEqual([false, false]);
});

it.each([
  ['of a dead process', JSON.stringify({ owner: 2 ** 22 + 1, server: 2 ** 22 + 2, port: 9 })],
  ['that is half written', '{"owner": 1'],
  // In a container every process before us had our number.
  [
    'of our own number before a restart',
    JSON.stringify({ owner: process.pid, server: 2 ** 22 + 2, port: 9 }),
  ],
])('is not stopped by a lock file %s', async (_, text) => {
  const folder = path.join(tempFolder(), 'chroma');
  writeFileSync(`${folder}.lock`, text);

  const server = await start(folder);

  expect(await answers(server.url)).toBe(true);
});

it('gives up in one line when a living process holds the lock but no server answers', async () => {
  const folder = path.join(tempFolder(), 'chroma');
  writeFileSync(`${folder}.lock`, JSON.stringify({ owner: process.ppid, server: 0, port: 0 }));

  await expect(startChroma({ log }, { folder, startTimeoutMs: 200 })).rejects.toMatchObject({
    code: 'chroma_unusable',
    message: expect.stringContaining(`${folder}.lock`),
  });
});

it('gives up in one line, with nothing left behind, when the server does not come up in time', async () => {
  const folder = path.join(tempFolder(), 'chroma');

  await expect(startChroma({ log }, { folder, startTimeoutMs: 30 })).rejects.toMatchObject({
    code: 'chroma_unusable',
  });

  expect(existsSync(`${folder}.lock`)).toBe(false);
});
