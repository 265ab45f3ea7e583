// The model's process is killed, stands still, or loses its parent: the bot goes on, and everybody is told.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import type { LlamaModel } from '#src/rag/adapters/llama/llama-options.js';
import { makeTinyModel } from '../fixtures/gguf/make-model.mjs';
import { askWith, eventsOf } from '../helpers/asker.js';
import { isAlive, until } from '../helpers/processes.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { openTiny, SLOW_MS, WITHOUT_END, write } from '../helpers/tiny-llama.js';

vi.setConfig({ testTimeout: SLOW_MS });

const APOLOGY = 'The model restarted while writing. Here are the articles I had found: [1][2][3]';

function signal(model: LlamaModel, name: NodeJS.Signals): void {
  process.kill(model.stats().pid ?? 0, name);
}

/** It counts what it was never asked when it runs again, however long that takes. */
let asked = 0;
async function hasStarted(model: LlamaModel): Promise<void> {
  asked += 1;
  await model.countTokens(`ready ${asked}`);
}

/** Writes for so long that it cannot come to an end before it is stopped, however slow this process is. */
function longWinded(model: LlamaModel): LlamaModel {
  const complete: LlamaModel['complete'] = (prompt, sampling, options) =>
    model.complete(prompt, { ...sampling, maxTokens: 20_000 }, options);
  return Object.create(model, { complete: { value: complete } });
}
const LONG = { sentences: WITHOUT_END, contextTokens: 32_768 };

it('apologises with the articles when it is killed while it writes, and answers the next question', async () => {
  const { logged, model } = await openTiny(LONG);
  const ask = askWith(model);

  const events = await eventsOf(askWith(longWinded(model)), 'Who won, Kent or Surrey?', (event) => {
    if (event.type === 'delta' && model.stats().restarts === 0 && model.stats().pid) {
      signal(model, 'SIGKILL');
    }
  });
  await hasStarted(model);
  const next = await eventsOf(ask, 'Who won, Kent or Surrey?');

  const last = events.at(-1);
  expect(last).toMatchObject({ type: 'done', answer: { brokeOff: 'model_crashed', abstained: false } });
  const text = last?.type === 'done' ? last.answer.text : '';
  expect(text.split('\n')).toEqual([expect.stringMatching(/\[1\]/), APOLOGY]);
  expect(next.at(-1)).toMatchObject({
    type: 'done',
    answer: { text: expect.not.stringContaining('restarted') },
  });
  expect(model.stats()).toMatchObject({ restarts: 1, state: 'ready' });
  const warnings = logged.filter(({ level }) => level === 40);
  expect(warnings).toMatchObject([{ code: 'model_crashed', signal: 'SIGKILL', restarts: 1 }]);
});

it('kills a process that stands still, tells it, and answers the next question', async () => {
  const { logged, model } = await openTiny({ ...LONG, hangSeconds: 4 });
  let isStopped = false;

  const events = await eventsOf(askWith(longWinded(model)), 'Who won?', (event) => {
    // Once: what comes late must not stop the process that stands in.
    if (event.type === 'delta' && !isStopped) {
      isStopped = true;
      signal(model, 'SIGSTOP');
    }
  });
  await hasStarted(model);
  const next = await write(model, 'Kent?');

  expect(events.at(-1)).toMatchObject({ type: 'done', answer: { brokeOff: 'model_hung' } });
  expect(next.stop).toBe('length');
  expect(logged.find(({ level }) => level === 40)).toMatchObject({ code: 'model_hung' });
});

it('lets those who wait keep their place over a restart, and asks them nothing', async () => {
  const { model } = await openTiny({ sequences: 1 });
  const alone = await write(model, 'India?');
  const stopped: unknown[] = [];
  const killed = write(model, 'Kent?', { onText: () => signal(model, 'SIGKILL') }).catch((error: unknown) =>
    stopped.push(error),
  );

  const waited = await write(model, 'India?');

  await killed;
  expect(stopped).toMatchObject([{ code: 'model_crashed' }]);
  expect(waited).toEqual(alone);
});

it('counts tokens over a restart', async () => {
  const { model } = await openTiny();

  signal(model, 'SIGKILL');

  expect(await model.countTokens('Kent won the match')).toBeGreaterThan(3);
});

it('tells at once that it cannot be started when a second start fails, and goes on trying', async () => {
  const { logged, model, file } = await openTiny({ sequences: 1, sentences: WITHOUT_END });
  const ended = write(model, 'Kent?', { sampling: { maxTokens: 1500 } }).catch((error: unknown) => error);
  const waiting = write(model, 'India?').catch((error: unknown) => error);
  await until('one waits', () => model.stats().waiting === 1);

  rmSync(file);
  signal(model, 'SIGKILL');

  expect(await ended).toMatchObject({ code: 'model_crashed', message: 'The model restarted while writing.' });
  expect(await waiting).toMatchObject({ code: 'model_down' });
  // Nor does anybody who comes now wait for what may take long.
  await expect(write(model, 'Kent?')).rejects.toMatchObject({ code: 'model_down' });
  await expect(model.countTokens('Surrey')).rejects.toMatchObject({ code: 'model_down' });
  expect(logged.at(-1)).toMatchObject({ code: 'model_missing', restarts: 2 });
  makeTinyModel(file);
  await expect.poll(() => model.stats().state, { timeout: SLOW_MS / 2 }).toBe('ready');
  expect((await write(model, 'Kent?')).stop).toBe('end');
});

it('outlives a machine that cannot start a process, and starts it when it can again', async () => {
  const { logged, model } = await openTiny({ sequences: 1 });
  const { execPath } = process;

  process.execPath = '/nowhere/node';
  signal(model, 'SIGKILL');
  await until('a start has failed', () => model.stats().restarts >= 2).finally(() => {
    process.execPath = execPath;
  });

  await expect.poll(() => model.stats().state, { timeout: SLOW_MS / 2 }).toBe('ready');
  expect(logged.filter(({ level }) => level === 40).at(1)).toMatchObject({
    code: 'model_crashed',
    last: expect.stringContaining('/nowhere/node'),
  });
  expect((await write(model, 'Kent?')).stop).toBe('end');
});

it.each([
  ['ends with the program, also when that is killed', ''],
  // A native call cannot be interrupted, and an orderly exit would wait for it.
  [
    'ends with a killed program in the midst of a native call, too',
    `data:text/javascript,import { pbkdf2 } from 'node:crypto'; if (/llama-process/.test(process.argv[1])) pbkdf2('a', 'b', 3e8, 64, 'sha512', () => {});`,
  ],
])('%s', async (_, preload) => {
  const file = `${tempFolder()}/tiny.gguf`;
  makeTinyModel(file);
  const program = `
    const { openLlama } = await import('#src/rag/adapters/llama/llama.js');
    const { createLog } = await import('#src/log.js');
    const model = await openLlama({ log: createLog('silent') }, {
      file: ${JSON.stringify(file)}, gpu: 'none', gpuLayers: 'max', contextTokens: 1024, sequences: 1, threads: 1,
      hangSeconds: 60, template: 'auto', queue: { most: 1, perUser: 1, timeoutSeconds: 1 },
    });
    console.log(model.stats().pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: preload ? { ...process.env, NODE_OPTIONS: `--import "${preload}"` } : process.env,
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(isAlive(pid)).toBe(true);

  parent.kill('SIGKILL');

  await until('the model has ended, too', () => !isAlive(pid));
});

it('does not end with what ends the program alone', async () => {
  const { model } = await openTiny();
  const { pid } = model.stats();

  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    signal(model, name);
  }

  expect((await write(model, 'Kent?')).stop).toBe('end');
  expect(model.stats()).toMatchObject({ restarts: 0, pid });
});
