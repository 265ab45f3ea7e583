// The two sides of bench/model-throughput.mjs: this product's generator, and llama-server on the same file with the
// same settings. A side writes a prompt and tells each piece of text as it comes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { openLlama } from '#src/rag/adapters/llama/llama.js';

/**
 * @typedef {object} Settings
 * @property {string} file GGUF
 * @property {'none' | 'cuda'} gpu
 * @property {number} contextTokens of one sequence
 * @property {number} sequences
 * @property {number | undefined} threads
 * @property {number} maxTokens that every run writes
 *
 * @typedef {object} Side
 * @property {string} name
 * @property {(prompt: string, options: { user: string, onText: () => void, signal?: AbortSignal }) => Promise<void>} write
 * @property {() => number} pid of the process that the model lives in
 * @property {() => Promise<void>} close
 */

/** As the reference recipe, spelled out for both sides alike. */
const SAMPLING = { temperature: 0.2, repetitionPenalty: 1.1, seed: 7 };

/** @param {Settings} settings @returns {Promise<Side>} */
export async function openOurs({ maxTokens, ...settings }) {
  const log = pino({ level: 'error' });
  const model = await openLlama(
    { log },
    {
      ...settings,
      gpuLayers: 'max',
      hangSeconds: 600,
      template: 'mixtral',
      queue: { most: 1000, perUser: 1000, timeoutSeconds: 600 },
    },
  );
  return {
    name: 'ours',
    model,
    async write(prompt, { user, onText, signal = new AbortController().signal }) {
      const { stop } = await model.complete(
        { instructions: '', content: prompt, written: '' },
        { ...SAMPLING, maxTokens },
        { onText, signal, user },
      );
      if (stop !== 'length') {
        throw new Error(`ours stopped: ${stop}`);
      }
    },
    pid: () => model.stats().pid,
    close: () => model.close(),
  };
}

/** @param {string} binary llama-server @param {Settings} settings @returns {Promise<Side>} */
export async function openServer(binary, { contextTokens, file, gpu, maxTokens, sequences, threads }) {
  const port = await freePort();
  const flags = [
    ...['-m', file, '--host', '127.0.0.1', '--port', port, '-c', contextTokens * sequences, '-np', sequences],
    ...['--no-kv-unified', '-b', 512, '-ub', 512, '-fa', 'auto'],
    ...(gpu === 'none' ? [] : ['-ngl', 999]),
    ...(threads ? ['-t', threads, '-tb', threads] : []),
    ...['--no-context-shift', '--cache-ram', 0, '--no-webui', '--log-disable'],
  ].map(String);
  const server = spawn(binary, flags, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, LD_LIBRARY_PATH: path.dirname(binary) },
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(server, url);
  return {
    name: 'llama-server',
    flags: flags.join(' '),
    async write(prompt, { onText, signal }) {
      const response = await fetch(`${url}/completion`, {
        method: 'POST',
        signal,
        body: JSON.stringify({
          prompt: `[INST] ${prompt} [/INST]`,
          stream: true,
          n_predict: maxTokens,
          temperature: SAMPLING.temperature,
          seed: SAMPLING.seed,
          repeat_penalty: SAMPLING.repetitionPenalty,
          repeat_last_n: maxTokens,
          top_k: 50,
          top_p: 1,
          min_p: 0,
          samplers: ['penalties', 'top_k', 'temperature'],
        }),
      });
      let last = '';
      for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
        onText();
        last = (last + part).slice(-20_000);
      }
      // The last event repeats the settings and the counts.
      const written = Number(last.match(/"tokens_predicted":\s*(\d+)(?!.*"tokens_predicted")/s)?.[1]);
      if (written !== maxTokens) {
        throw new Error(`llama-server wrote ${written} tokens of ${maxTokens}: ${last.slice(-300)}`);
      }
    },
    pid: () => server.pid,
    async close() {
      server.kill('SIGKILL');
      await once(server, 'exit');
    },
  };
}

async function ready(server, url) {
  for (;;) {
    if (server.exitCode !== null) {
      throw new Error(`llama-server ended with ${server.exitCode}`);
    }
    const isUp = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) {
      return;
    }
    await sleep(100);
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}
