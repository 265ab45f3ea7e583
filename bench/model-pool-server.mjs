// A model server of llama-server's kind in a process of its own, for bench/model-pool-kit.mjs: PORT SLOTS SECONDS. It tells its
// port to its parent. A question "q7 1.5" takes 1.5 seconds, another one SECONDS; a fifth of it passes before the first text.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const [port, slots, seconds] = process.argv.slice(2).map(Number);
const WORDS = 10;
const waiting = [];
let free = slots;

async function enter() {
  if (free === 0) {
    await new Promise((resolve) => waiting.push(resolve));
    return;
  }
  free -= 1;
}

function leave() {
  const next = waiting.shift();
  if (next) {
    next();
  } else {
    free += 1;
  }
}

const event = (content, finish = null) =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;

async function write(request, response) {
  const { messages } = await json(request);
  const [id, own] = messages[0].content.split('\n').at(-1).split(' ');
  const ms = Number(own || seconds) * 1000;
  await enter();
  // Times are kept by the clock, so that a busy machine does not add up what each pause is late.
  const from = performance.now();
  const until = (share) => sleep(Math.max(0, ms * share - (performance.now() - from)));
  const pieces = [
    `begin ${id} `,
    ...Array.from({ length: WORDS - 2 }, () => 'word '),
    `end ${id} at ${process.pid}`,
  ];
  for (const [i, piece] of pieces.entries()) {
    await until(0.2 + (0.8 * i) / (WORDS - 1));
    if (response.destroyed) {
      break;
    }
    if (i === 0) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
    }
    response.write(event(piece));
  }
  leave();
  response.end(`${event('', 'stop')}data: [DONE]\n\n`);
}

const server = createServer((request, response) => {
  const answers = {
    '/v1/models': { data: [{ id: 'timed', owned_by: 'llamacpp' }] },
    '/props': { total_slots: slots, default_generation_settings: { n_ctx: 4096 } },
  };
  if (request.url === '/v1/chat/completions') {
    write(request, response).catch(() => response.destroy());
    return;
  }
  response.writeHead(answers[request.url] ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answers[request.url] ?? {}));
});
server.listen(port, '127.0.0.1', () => process.send(server.address().port));
process.once('disconnect', () => process.exit());
