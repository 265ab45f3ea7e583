// Killed with -9 again and again while a hundred questions are answered: each is completed or apologised for, once,
// with nothing posted twice, though posts were under way whose success no process ever heard of.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { text as bodyOf } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { aMessage, createRoom } from '../bots/room.js';
import { until } from '../helpers/processes.js';
import { storePlace } from '../helpers/store-place.js';

const PROCESS = fileURLToPath(new URL('../fixtures/answer-in-room.mjs', import.meta.url));
const QUESTIONS = 100;
const KILL_AT_POST = [15, 45, 75];
/** A post is there before its sender hears of it: the moment in which a kill hurts most. */
const REPLY_MS = 10;

type Body = { thread: string; key: string; text: string; id: string; posted: string[] };

async function serveRoom(onPost: (count: number) => void) {
  const room = createRoom();
  let posts = 0;
  async function answer(what: string | undefined, body: Body): Promise<unknown> {
    const rest = { sources: [], choices: [] };
    let result: unknown = {};
    if (what === '/post') {
      result = await room.post({ thread: body.thread, key: body.key, text: body.text, ...rest });
      posts += 1;
      onPost(posts);
      await sleep(REPLY_MS);
    } else if (what === '/change') {
      await room.change(body.id, { text: body.text, ...rest });
    } else if (what === '/find') {
      result = await room.find(body.key);
    } else if (what === '/remove') {
      await room.remove(body.posted);
    }
    return result;
  }
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then((text) => answer(request.url, JSON.parse(text)))
      .then((result) => response.end(JSON.stringify(result)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { room, posts: () => posts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it('completes or apologises for every question, once, whenever it is killed', {
  timeout: 90_000,
}, async () => {
  const place = await storePlace();
  const acknowledged = new Set<string>();
  let child: ChildProcess | undefined;
  const kills = [...KILL_AT_POST];
  const { posts, room, url } = await serveRoom((count) => {
    if (kills[0] !== undefined && count >= kills[0]) {
      kills.shift();
      child?.kill('SIGKILL');
    }
  });
  onTestFinished(() => void child?.kill('SIGKILL'));
  const messages = Array.from({ length: QUESTIONS }, (_, i) =>
    aMessage({ message: `m${i}`, text: `question ${i}?`, user: `u${i}` }),
  );

  for (let life = 0; life <= KILL_AT_POST.length; life += 1) {
    const next = spawn(process.execPath, [PROCESS, place, url], { stdio: ['pipe', 'pipe', 'inherit'] });
    child = next;
    const ended = once(next, 'close');
    next.stdin.on('error', () => {});
    createInterface({ input: next.stdout }).on('line', (line) => acknowledged.add(line));
    // As a platform does: what was not acknowledged is delivered again.
    for (const message of messages.filter((one) => !acknowledged.has(one.message))) {
      next.stdin.write(`${JSON.stringify(message)}\n`);
    }
    if (life < KILL_AT_POST.length) {
      await ended;
      expect(next.signalCode).toBe('SIGKILL');
    }
  }
  const isEnded = (text: string, i: number) =>
    text === `This is known of question ${i}?` ||
    text.endsWith('I was restarted before I could answer. Ask again, please.');
  const shown = () => messages.map(({ thread }) => room.messages(thread).map(({ text }) => text));
  await until('every question has ended', () =>
    shown().every((texts, i) => texts.length > 0 && texts.every((text) => isEnded(text, i))),
  ).catch(() => {});

  expect(shown().filter((texts, i) => texts.length !== 1 || !isEnded(texts[0] ?? '', i))).toEqual([]);
  expect(posts()).toBe(QUESTIONS);
  expect(acknowledged.size).toBe(QUESTIONS);
});

it('answers once what three processes are told at the same time', { timeout: 60_000 }, async () => {
  const place = await storePlace();
  const { posts, room, url } = await serveRoom(() => {});
  const messages = Array.from({ length: QUESTIONS }, (_, i) =>
    aMessage({ message: `m${i}`, text: `question ${i}?`, user: `u${i}` }),
  );
  const children = Array.from({ length: 3 }, () =>
    spawn(process.execPath, [PROCESS, place, url], { stdio: ['pipe', 'ignore', 'inherit'] }),
  );
  onTestFinished(() => children.forEach((child) => void child.kill('SIGKILL')));
  for (const child of children) {
    child.stdin.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  }

  const texts = () => messages.map(({ thread }) => room.messages(thread).map(({ text }) => text));
  const expected = messages.map((_, i) => [`This is known of question ${i}?`]);
  await until('all are answered', () => JSON.stringify(texts()) === JSON.stringify(expected)).catch(() => {});
  expect(texts()).toEqual(expected);
  expect(posts()).toBe(QUESTIONS);
});
