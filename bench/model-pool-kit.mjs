// What the measurements of the pool share: a model server in a process of its own, and questions that are followed to
// their end.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';

const SERVER = new URL('model-pool-server.mjs', import.meta.url);

/** `{baseUrl, kill, restart}`; killed with -9, and started again at the same address. */
export async function startServer({ seconds, slots }) {
  let child;
  let port = 0;
  async function start() {
    child = fork(SERVER, [String(port), String(slots), String(seconds)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    [port] = await once(child, 'message');
  }
  await start();
  return { baseUrl: `http://127.0.0.1:${port}/v1`, kill: () => child.kill('SIGKILL'), restart: start };
}

const SAMPLING = { temperature: 0, repetitionPenalty: 1, maxTokens: 100 };
let lastId = 0;

/**
 * Asks all; a question may begin `afterMs` after the first and name the `seconds` that it takes. Each ends as
 * `{isWhole, isDoubled, at, code, waitMs, ms}`: `at` = the server's process.
 */
export async function askAll(pool, asked) {
  const from = performance.now();
  const answers = await Promise.all(
    asked.map(async ({ afterMs = 0, seconds = '', thread, user }) => {
      await new Promise((resolve) => setTimeout(resolve, afterMs - (performance.now() - from)));
      lastId += 1;
      const id = `q${lastId}`;
      const begunAt = performance.now();
      let text = '';
      const prompt = { instructions: 'Answer.', content: `${id} ${seconds}`, written: '' };
      const onText = (piece) => {
        text += piece;
      };
      const code = await pool
        .complete(prompt, SAMPLING, { signal: new AbortController().signal, user, thread, onText })
        .then(
          () => undefined,
          (error) => error.code ?? String(error),
        );
      return {
        isWhole: new RegExp(`^begin ${id} (word ){8}end ${id} `).test(text),
        isDoubled: text.split(`begin ${id} `).length > 2,
        at: / at (\d+)/.exec(text)?.[1],
        code,
        ms: performance.now() - begunAt,
      };
    }),
  );
  return { answers, ms: performance.now() - from };
}

export const load = () => `load ${loadavg()[0].toFixed(1)}`;
