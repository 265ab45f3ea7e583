// What the measurements of the life cycle share: the real program in a process of its own over a copy of a data folder,
// the loopback Slack of the tests, a slow model on loopback, and what stands in the process table.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = path.join(import.meta.dirname, '..');

/** A copy of a data folder, and what takes it away. */
export function copyData(from) {
  const folder = mkdtempSync(path.join(tmpdir(), 'life-'));
  cpSync(from, path.join(folder, 'data'), { recursive: true });
  rmSync(path.join(folder, 'data', 'chroma.lock'), { force: true });
  writeFileSync(path.join(folder, 'no-feeds.yaml'), 'feeds: []\n');
  return { folder, dataDir: path.join(folder, 'data'), remove: () => rmSync(folder, { recursive: true }) };
}

/** Starts `third-umpire start`; `config` is laid over the defaults. Its ending is timed from `signal` on. */
export function startProgram({ config, data, embedding, environment = {}, now }) {
  const file = path.join(data.folder, 'own.yaml');
  writeFileSync(file, JSON.stringify({ feeds: { file: 'no-feeds.yaml' }, logLevel: 'warn', ...config }));
  const options = ['--config', file, '--data-dir', data.dataDir, '--embedding-model', embedding];
  const startedAt = Date.now();
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'dist/cli.js'), 'start', ...options, ...(now ? ['--now', now] : [])],
    { env: { ...process.env, NO_COLOR: '1', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = { text: '' };
  child.stderr.on('data', (part) => {
    said.text += part;
  });
  const ended = new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal, at: Date.now() })),
  );
  return { child, said, ended, startedAt };
}

/** Process ids of all that descends from `pid`. */
export function descendants(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
    } catch {
      // It has ended.
    }
  }
  const below = (id) => (parents.get(id) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

export function isAlive(pid) {
  try {
    // A zombie has ended: only its parent has not looked yet.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Seconds of a core that a process has used, its own threads included. */
export function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) / 100;
}

/** Bytes of memory of a process itself. */
export function rssOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/**
 * An OpenAI-compatible model that takes its time: `secondsFor(n)` for "question n", word by word. It quotes the first
 * article that it is shown: what no article says would be asked for again and again.
 */
export async function openSlowModel({ port = 0, secondsFor }) {
  const asked = new Set();
  async function answer(request, response) {
    if (!request.url.endsWith('/chat/completions')) {
      const models = { data: [{ id: 'slow', max_model_len: 8192 }] };
      response.writeHead(request.url.endsWith('/models') ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(request.url.endsWith('/models') ? models : {}));
      return;
    }
    const prompt = (await json(request)).messages.at(-1).content;
    const n = Number(/question (\d+)\?$/.exec(prompt)?.[1]);
    asked.add(n);
    const words = quoteOf(prompt).split(' ');
    const pauseMs = (secondsFor(n) * 1000) / words.length;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const word of words) {
      await sleep(pauseMs);
      if (response.destroyed) {
        return;
      }
      response.write(eventOf({ content: `${word} ` }, null));
    }
    response.end(`${eventOf({}, 'stop')}data: [DONE]\n\n`);
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}/v1`,
    /** Questions that have reached it. */
    asked: () => asked.size,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A sentence of the first passage, cited. */
function quoteOf(prompt) {
  const [, number, passage] = /^\[(\d+)\][^\n]*\n"{3}\n([\s\S]*?)\n"{3}/m.exec(prompt) ?? [];
  const sentence = /(?<=^|[.!?] )[A-Z][^.!?\n"“”]{40,300}\.(?= |$)/m.exec(passage ?? '')?.[0];
  return sentence ? `${sentence} [${number}]` : 'There is not enough evidence.';
}

function eventOf(delta, finish) {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', model: 'slow', choices })}\n\n`;
}

/** What /readyz says; undefined = nobody is there, or the bot is not ready. */
export async function readinessAt(port) {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}

export const load = () => `load ${loadavg()[0].toFixed(1)}`;
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
