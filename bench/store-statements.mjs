// What the store costs in CPU when fifty people ask at once, again and again: claimed, loaded, held, recorded, settled.
//   node bench/store-statements.mjs [--bursts 20]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '#src/store/open-store.js';

const AT_ONCE = 50;
const { values } = parseArgs({ options: { bursts: { type: 'string', default: '20' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'store-statements-'));
const store = await openStore(folder);
const { conversations } = store;
const lease = () => ({
  owner: 'bench',
  now: new Date().toISOString(),
  until: new Date(Date.now() + 21_000).toISOString(),
});
const budgets = [{ scope: 'user', most: 1e6, since: new Date(0).toISOString() }];
const answer = { text: 'x'.repeat(400), verdict: undefined, citations: [], passages: [], generator: 'bench' };

async function ask(n) {
  const place = { platform: 'slack', tenant: 't', channel: `c${n % 50}`, thread: `m${n}` };
  const who = { user: `u${n % 50}`, userKey: `k${n % 50}` };
  const question = { ...place, ...who, id: `q${n}`, delivery: `q${n}`, message: `m${n}`, way: 'mention' };
  const { epoch } = await conversations.claim({ ...question, text: `question ${n}` }, lease(), budgets);
  const hold = { owner: 'bench', epoch };
  await conversations.wake(place);
  await conversations.load(question.id, hold);
  for (let post = 0; post < 4; post += 1) {
    await conversations.holds(question.id, hold);
  }
  await conversations.record(question.id, hold, ['1.2']);
  await conversations.settle(question.id, hold, 'answered', new Date().toISOString(), answer);
}

const bursts = [];
for (let burst = 0; burst < Number(values.bursts); burst += 1) {
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => ask(burst * AT_ONCE + n)));
  await conversations.renew(lease());
  const { system, user } = process.cpuUsage(before);
  bursts.push((system + user) / 1000);
}
const [middle] = bursts.toSorted((a, b) => a - b).slice(Math.floor(bursts.length / 2));
console.log(
  `${AT_ONCE} questions at once: ${middle.toFixed(0)} ms of CPU (median of ${bursts.length}; first ${bursts[0].toFixed(0)} ms)`,
);
await store.close();
rmSync(folder, { recursive: true });
