// What an idle bot takes, and how long it takes to be ready: the real program over a copy of a data folder, no language
// model, no platform.
//   node bench/idle.mjs DATA_DIR [--embedding FOLDER] [--seconds 30]
// Exit 1 = not ready within 5 s, or over 350 MB without its children.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { copyData, descendants, load, readinessAt, rssOf, seconds, startProgram } from './life-kit.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    embedding: { type: 'string', default: 'none' },
    seconds: { type: 'string', default: '30' },
    port: { type: 'string', default: '9466' },
  },
});
const data = copyData(positionals[0]);
const port = Number(values.port);
const program = startProgram({ data, embedding: values.embedding, config: { health: { port } } });
const readiness = () => readinessAt(port);
let ready = await readiness();
for (; !ready; ready = await readiness()) {
  await sleep(20);
}
const readyMs = Date.now() - program.startedAt;
const { checks, status } = ready;
console.log(`ready (${status}) after ${seconds(readyMs)}, ${load()}: ${JSON.stringify(checks)}`);
await sleep(Number(values.seconds) * 1000);
const megabytes = (pid) => Math.round(rssOf(pid) / 1e6);
const own = megabytes(program.child.pid);
const children = descendants(program.child.pid).map(megabytes);
console.log(`RSS ${own} MB, children ${children.join(' + ') || 0} MB, ${load()}`);
program.child.kill('SIGTERM');
const { code } = await program.ended;
data.remove();
process.exitCode = code === 0 && own <= 350 && readyMs <= 5000 ? 0 : 1;
