// Against real servers on loopback that take a set time, fail, are killed and come back.
import { afterEach, expect, it, vi } from 'vitest';
import type { CompleteOptions } from '#src/rag/ports.js';
import { aPool } from '../../../helpers/model-pool.js';
import {
  delta,
  fails,
  head,
  type Reply,
  says,
  saysAfter,
  startModelServer,
} from '../../../helpers/model-server.js';

afterEach(() => void vi.useRealTimers());

/** On a busy machine a moment may be seconds. */
const soon = <Value>(read: () => Value) => expect.poll(read, { timeout: 15_000 });

type Opened = Awaited<ReturnType<typeof aPool>>['pool'];

const PROMPT = { instructions: 'Answer.', content: 'Who won?', written: '' };
const SAMPLING = { temperature: 0, repetitionPenalty: 1, maxTokens: 30 };
const never = new AbortController().signal;

/** What a question comes to: the text, and the code of its failure. */
async function ask(pool: Opened, options: Partial<CompleteOptions> & { content?: string } = {}) {
  let text = '';
  const { content = PROMPT.content, ...asked } = options;
  const onText = (piece: string) => {
    text += piece;
  };
  const code = await pool
    .complete({ ...PROMPT, content }, SAMPLING, { signal: never, onText, ...asked })
    .then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
  return { text, code };
}

/** A reply that comes when it is let. */
function held(text: string) {
  const waiting: (() => void)[] = [];
  let isLet = false;
  const reply: Reply = (...given) => {
    const run = () => says(text)(...given);
    return isLet ? run() : void waiting.push(run);
  };
  const release = () => {
    isLet = true;
    for (const run of waiting.splice(0)) {
      run();
    }
  };
  return { reply, release };
}

const many = (pool: Opened, count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => ask(pool, { user: `u${i}`, thread: `t${i}` })));

it('shares the questions out by how many each has to do, and holds to their limits', async () => {
  const { release, reply } = held('Yes.');
  const servers = await Promise.all([2, 2, 4].map((slots) => startModelServer({ slots, replies: [reply] })));
  const { pool } = await aPool(servers);
  await soon(() => pool.load().total).toBe(8);

  const asked = many(pool, 12);
  await soon(() => servers.map((one) => one.asked.length)).toEqual([2, 2, 4]);
  expect(pool.load()).toEqual({ total: 8, writing: 8, waiting: 4 });
  release();

  expect((await asked).every(({ code, text }) => text === 'Yes.' && !code)).toBe(true);
  expect(servers.reduce((sum, one) => sum + one.asked.length, 0)).toBe(12);
});

it('writes less at once where the settings say so', async () => {
  const server = await startModelServer({ slots: 8, replies: [saysAfter(30, 'Yes.')] });
  const { pool } = await aPool([{ ...server, limit: 1 }]);

  const asked = many(pool, 3);

  expect(pool.load()).toMatchObject({ total: 1, waiting: 2 });
  expect(await asked).toHaveLength(3);
});

it('asks another server when one fails before its first text, without a wait', async () => {
  const broken = await startModelServer({ replies: [(response) => response.destroy()] });
  const well = await startModelServer({ replies: [says('Yes.')] });
  const { pool, waits } = await aPool([broken, well]);
  await soon(() => pool.load().total).toBe(8);

  const answers = await many(pool, 10);

  expect(answers).toEqual(Array.from({ length: 10 }, () => ({ text: 'Yes.', code: undefined })));
  expect(broken.asked.length).toBeGreaterThan(0);
  expect(waits).toEqual([]);
});

it('waits for a place elsewhere rather than ask the one again that failed', async () => {
  const broken = await startModelServer({ slots: 1, replies: [fails(429, {})] });
  const { release, reply } = held('Yes.');
  const well = await startModelServer({ slots: 1, replies: [reply] });
  const { pool, waits } = await aPool([broken, well]);
  await soon(() => pool.load().total).toBe(2);

  const asked = many(pool, 4);
  await soon(() => broken.asked.length).toBe(3);
  release();

  expect((await asked).map(({ text }) => text)).toEqual(['Yes.', 'Yes.', 'Yes.', 'Yes.']);
  expect([broken.asked.length, waits]).toEqual([3, []]);
});

it('does not begin anew at another server what has text already', async () => {
  const servers = await Promise.all(
    [1, 2].map(() => startModelServer({ replies: [(r) => head(r).write(delta('Har'), () => r.destroy())] })),
  );
  const { pool } = await aPool(servers);
  await soon(() => pool.load().total).toBe(8);

  expect(await ask(pool)).toEqual({ text: 'Har', code: 'model_broke_off' });
  expect(servers.reduce((sum, one) => sum + one.asked.length, 0)).toBe(1);
});

it.each([
  ['busy', fails(429, {}), 'ready'],
  ['out of order', fails(500, {}), 'ready'],
  ['of another key', fails(401, {}), 'ready'],
])('goes elsewhere from a server that is %s', async (_, reply, state) => {
  const other = await startModelServer({ replies: [reply] });
  const well = await startModelServer();
  const { pool } = await aPool([other, well]);
  await soon(() => pool.load().total).toBe(8);

  await ask(pool, { thread: 't' });
  await ask(pool, { thread: 't2' });

  expect(well.asked).toHaveLength(2);
  expect(pool.servers()[1]?.state).toBe(state);
});

it('asks nobody else when the question itself is at fault', async () => {
  const servers = await Promise.all(
    [1, 2].map(() =>
      startModelServer({ replies: [fails(400, { error: { message: 'maximum context length' } })] }),
    ),
  );
  const { pool } = await aPool(servers);
  await soon(() => pool.load().total).toBe(8);

  expect((await ask(pool)).code).toBe('prompt_too_long');
  expect(servers.reduce((sum, one) => sum + one.asked.length, 0)).toBe(1);
  expect(pool.servers().every(({ failure, state }) => state === 'ready' && !failure)).toBe(true);
});

it('leaves a server alone that fails again and again, tries it with one question, and trusts it then', async () => {
  const clock = { now: 0 };
  const mood = { ill: true };
  const flaky = await startModelServer({
    replies: [(...given) => (mood.ill ? fails(500, {}) : saysAfter(20, 'Yes.'))(...given)],
  });
  const well = await startModelServer({ slots: 1, replies: [saysAfter(20, 'Yes.')] });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { pool } = await aPool([flaky, well], {}, { now: () => clock.now });
  await soon(() => pool.load().total).toBe(5);
  const states = () => pool.servers().map(({ state }) => state);

  await many(pool, 8);
  expect(states()).toEqual(['away', 'ready']);
  const refused = flaky.asked.length;
  await many(pool, 4);
  expect(flaky.asked).toHaveLength(refused);
  expect(pool.servers()[0]?.failure).toContain('cannot answer now (500)');

  mood.ill = false;
  clock.now = 1001;
  vi.advanceTimersByTime(1000);
  await soon(states).toEqual(['trial', 'ready']);
  expect(pool.load().total).toBe(2);
  await many(pool, 4);

  expect(states()).toEqual(['ready', 'ready']);
  expect(pool.servers()[0]?.failure).toBeUndefined();
});

it('takes a server in that was not there at the start, and goes on without one that is killed', async () => {
  const clock = { now: 0 };
  const late = await startModelServer();
  const port = Number(new URL(late.baseUrl).port);
  await late.stop();
  const first = await startModelServer();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { pool } = await aPool([late, first], {}, { now: () => clock.now });
  await soon(() => pool.servers().map(({ state }) => state)).toEqual(['away', 'ready']);
  expect(pool.servers()[0]?.failure).toContain(late.baseUrl);

  const back = await startModelServer({ port });
  clock.now = 1001;
  vi.advanceTimersByTime(1000);
  await soon(() => pool.servers()[0]?.state).toBe('trial');
  await first.stop();
  const answers = [await ask(pool), await ask(pool), await ask(pool), await ask(pool)];

  expect(answers.map(({ code }) => code)).toEqual([undefined, undefined, undefined, undefined]);
  expect(back.asked).toHaveLength(4);
});

it('finds by its checks that a server is lost, and moves what has no text yet to another', async () => {
  const clock = { now: 0 };
  const mood = { ill: false };
  const models = fails(200, { data: [{ id: 'mixtral', owned_by: 'llama' }] });
  const stuck = await startModelServer({
    replies: [() => {}],
    instead: { '/v1/models': (...given) => (mood.ill ? fails(500, {}) : models)(...given) },
  });
  const { release, reply } = held('Harbour won. [1]');
  const well = await startModelServer({ slots: 1, replies: [reply] });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { pool } = await aPool([stuck, well], { failures: 2 }, { now: () => clock.now });
  await soon(() => pool.load().total).toBe(5);
  const asked = many(pool, 6);
  await soon(() => stuck.asked.length).toBe(4);

  mood.ill = true;
  clock.now = 10_001;
  for (const checks of [1, 2]) {
    vi.advanceTimersByTime(1000);
    await soon(() => stuck.paths.filter((path) => path === '/v1/models').length).toBe(1 + checks);
    await soon(() => pool.servers()[0]?.failure).toContain('500');
  }
  release();

  expect(await asked).toEqual(
    Array.from({ length: 6 }, () => ({ text: 'Harbour won. [1]', code: undefined })),
  );
  expect(pool.servers()[0]?.state).toBe('away');
});

it('tells at once that all are away, and turns away who waits', async () => {
  const servers = await Promise.all([1, 2].map(() => startModelServer({ slots: 1, replies: [() => {}] })));
  const { pool } = await aPool(servers, { failures: 1 });
  await soon(() => pool.load().total).toBe(2);
  const asked = many(pool, 6);
  await soon(() => pool.load()).toMatchObject({ writing: 2, waiting: 4 });

  await Promise.all(servers.map((one) => one.stop()));

  expect((await asked).map(({ code }) => code)).toEqual(Array.from({ length: 6 }, () => 'model_unreachable'));
  const from = performance.now();
  expect((await ask(pool)).code).toBe('model_unreachable');
  expect(performance.now() - from).toBeLessThan(2000);
});

it('says of every server why none opens, on one line', async () => {
  const gone = await startModelServer();
  const locked = await startModelServer({ key: 'k' });
  await gone.stop();

  const error = await aPool([gone, locked]).catch((thrown: Error) => thrown);

  expect(error).toMatchObject({ code: 'model_unreachable', message: expect.stringContaining(gone.baseUrl) });
  expect((error as Error).message).toMatch(/LLM_API_KEY/);
  expect((error as Error).message).not.toContain('\n');
});

it('reads as much as the server that reads least', async () => {
  const servers = await Promise.all([3000, 2000].map((contextTokens) => startModelServer({ contextTokens })));
  const { pool } = await aPool(servers);
  await soon(() => pool.contextTokens).toBe(2000);

  expect(await pool.countTokens('Lyon took 4 for 24')).toBe(5);
  expect(pool.name).toBe('mixtral');
});

it('keeps a thread at its server, though others write as well', async () => {
  const servers = await Promise.all([1, 2, 3].map(() => startModelServer()));
  const { pool } = await aPool(servers);
  await soon(() => pool.load().total).toBe(12);

  for (let round = 0; round < 4; round += 1) {
    for (const thread of ['x', 'y', 'z', 'v', 'w']) {
      await ask(pool, { thread, content: thread });
    }
  }

  const at = (thread: string) =>
    servers.filter((one) => one.asked.some(({ messages }) => messages[0]?.content.endsWith(`\n${thread}`)));
  expect(['x', 'y', 'z', 'v', 'w'].map((thread) => at(thread).length)).toEqual([1, 1, 1, 1, 1]);
});

it('stops a question that waits and one that is written, and gives their places back', async () => {
  const server = await startModelServer({ slots: 1, replies: [() => {}, says('Yes.')] });
  const { pool } = await aPool([server]);
  const stop = new AbortController();
  const asked = [1, 2].map((user) =>
    pool
      .complete(PROMPT, SAMPLING, { signal: stop.signal, user: String(user), onText: () => {} })
      .catch((error: Error) => error.message),
  );
  await soon(() => server.asked.length).toBe(1);

  stop.abort(new Error('stopped'));

  expect(await Promise.all(asked)).toEqual(['stopped', 'stopped']);
  expect(pool.load()).toEqual({ total: 1, writing: 0, waiting: 0 });
  expect((await ask(pool)).text).toBe('Yes.');
});

it('ends what is asked when it is closed', async () => {
  const server = await startModelServer({ slots: 1, replies: [() => {}] });
  const { pool } = await aPool([server], { retries: 0 });
  const asked = many(pool, 2);
  await soon(() => pool.load().waiting).toBe(1);

  await pool.close();

  expect((await asked).map(({ code }) => code)).toContain('model_closed');
  expect((await ask(pool)).code).toBe('model_closed');
});
