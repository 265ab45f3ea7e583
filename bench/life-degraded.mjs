// A start at which something is missing, with the real program, and how it comes back by itself:
//   node bench/life-degraded.mjs DATA_DIR --embedding FOLDER [--port 9468]
// chroma: CHROMA_URL refuses, and Chroma's own server comes up there later. model: the file is not there, and appears
// later. slack: its address refuses, and leads to the loopback Slack later. Each must be named by /readyz as degraded
// while the rest is ready; measured is the time from its coming to `ok`. Exit 1 = not named, or not back within 90 s.
import { spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeTinyModel } from '../test/fixtures/gguf/make-model.mjs';
import { copyData, load, readinessAt, seconds, startProgram } from './life-kit.mjs';
import { loadFakeSlack } from './slack-kit.mjs';

const MISSING_MS = 15_000;
const BACK_MS = 90_000;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { embedding: { type: 'string', default: 'none' }, port: { type: 'string', default: '9468' } },
});
const port = Number(values.port);
const { openFakeSlack } = await loadFakeSlack();
const slack = await openFakeSlack({ hasRateLimits: false });
const data = copyData(positionals[0]);
const [chromaPort, slackPort] = await Promise.all([freePort(), freePort()]);
const model = path.join(data.folder, 'late.gguf');

const program = startProgram({
  data,
  embedding: values.embedding,
  config: { health: { port }, model: { file: model, gpu: 'none' } },
  environment: {
    CHROMA_URL: `http://127.0.0.1:${chromaPort}`,
    SLACK_API_URL: `http://127.0.0.1:${slackPort}/api/`,
    SLACK_BOT_TOKEN: slack.team.botToken,
    SLACK_APP_TOKEN: slack.appToken,
  },
});

/** What brings each back; gives what ends it. */
const coming = {
  chroma() {
    const entry = path.join(path.dirname(fileURLToPath(import.meta.resolve('chromadb'))), 'cli.mjs');
    const folder = path.join(data.folder, 'late-chroma');
    const where = ['--host', '127.0.0.1', '--port', String(chromaPort), '--path', folder];
    const child = spawn(process.execPath, [entry, 'run', ...where], { stdio: 'ignore' });
    return () => child.kill('SIGINT');
  },
  model() {
    makeTinyModel(`${model}.part`, {});
    renameSync(`${model}.part`, model);
    return () => {};
  },
  slack() {
    const target = Number(new URL(slack.apiUrl).port);
    const server = createServer((socket) => {
      const onward = connect(target, '127.0.0.1');
      socket.pipe(onward).pipe(socket);
      socket.on('error', () => onward.destroy());
      onward.on('error', () => socket.destroy());
    });
    server.listen(slackPort, '127.0.0.1');
    return () => server.close();
  },
};

const checks = async () => (await readinessAt(port))?.checks ?? {};
let ready = await readinessAt(port);
for (; !ready; ready = await readinessAt(port)) {
  await sleep(50);
}
console.log(`${ready.status} after ${seconds(Date.now() - program.startedAt)}, ${load()}`);
await sleep(MISSING_MS);
let isInOrder = true;
const ends = [];
for (const [name, come] of Object.entries(coming)) {
  const missing = (await checks())[name];
  isInOrder &&= missing?.status === 'degraded';
  const start = Date.now();
  ends.push(come());
  let now = missing;
  while (now?.status !== 'ok' && Date.now() - start < BACK_MS) {
    await sleep(100);
    now = (await checks())[name];
  }
  isInOrder &&= now?.status === 'ok';
  console.log(`${name}: ${missing?.status} (${missing?.fact})`);
  console.log(`  -> ${now?.status} (${now?.fact}) after ${seconds(Date.now() - start)}, ${load()}`);
}
program.child.kill('SIGTERM');
const { code } = await program.ended;
console.log(`exit ${code}`);
for (const end of ends) {
  end();
}
if (code !== 0) {
  console.log(program.said.text.slice(-2000));
}
await slack.close();
data.remove();
process.exit(isInOrder && code === 0 ? 0 : 1);

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}
