// Many digests due at one moment: composed once for each distinct order, posted at the platforms' rates.
//   node bench/digest-load.mjs [--subscriptions 10000] [--processes 1] [--flat] [--news DATA_DIR,FIRST_DAY]
// Half of the channels are on a platform that takes 50 posts a second of all together, half on one that takes 5 a second of
// each of its workspaces; `--flat`: all on one without a limit. `--news`: real days of an ingested collection are composed. Exit 1 = one was posted twice or not at all.
import { rmSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { openStore } from '#src/store/open-store.js';
import { openPostOffice } from '../test/fixtures/post-office.mjs';
import { benchFolder, startProcess, subscribe, until } from './digest-kit.mjs';

const { values } = parseArgs({
  options: {
    subscriptions: { type: 'string', default: '10000' },
    processes: { type: 'string', default: '1' },
    orders: { type: 'string', default: '20' },
    flat: { type: 'boolean', default: false },
    news: { type: 'string' },
  },
});
const count = Number(values.subscriptions);
const processes = Number(values.processes);
const distinct = Number(values.orders);
const platforms = values.flat
  ? [{ name: 'flat', of: 'all' }]
  : [
      { name: 'one-limit', perSecond: 50, of: 'all' },
      { name: 'by-workspace', perSecond: 5, of: 'tenant' },
    ];
const WORKSPACES = 100;
const [newsDir, firstDay] = values.news?.split(',') ?? [];
const news = newsDir && { dataDir: newsDir, firstDay };
const dataDir = benchFolder();
const store = await openStore(dataDir);
const office = await openPostOffice();
const opened = platforms.map((platform) => ({ ...platform, officeUrl: office.url }));
const started = await Promise.all(
  Array.from({ length: processes }, () =>
    startProcess({ dataDir, platforms: opened, composeMs: 50, tickMs: 1000, news }),
  ),
);
const dueAt = new Date(Date.now() + count * 2 + 2000).toISOString();
const localDate = dueAt.slice(0, 10);
for (let i = 0; i < count; i += 1) {
  const platform = platforms[i % platforms.length];
  const tenant = `w${Math.floor(i / 2) % WORKSPACES}`;
  const place = { platform: platform.name, tenant, channel: `${platform.name}/${tenant}/c${i}` };
  await subscribe(store, place, { dueAt, localDate }, [`Team ${i % distinct}`]);
}
const isEarly = Date.now() < Date.parse(dueAt);
await until(() => Date.now() >= Date.parse(dueAt) - 500, 600_000);
for (const { child } of started) {
  child.send('measure');
}
const isDone = await until(() => office.posts >= count, 1_200_000);
// A second post of one would come now.
await until(() => false, 3000);
const took =
  (Math.max(...[...office.channels.values()].flat().map(({ at }) => at)) - Date.parse(dueAt)) / 1000;
const reports = await Promise.all(started.map((each) => each.report()));
for (const each of started) {
  await each.stop();
}
const posts = [...office.channels.values()].map((messages) => messages.length);
const states = await store.digests.counts();
const total = states.reduce((sum, { count: n, state }) => (state === 'posted' ? sum + Number(n) : sum), 0);

/** The most posts within any second, of each that shares a limit. */
function busiest(keyOf) {
  const times = new Map();
  for (const [channel, messages] of office.channels) {
    const key = keyOf(channel);
    if (key === undefined) {
      continue;
    }
    times.set(key, [...(times.get(key) ?? []), ...messages.map(({ at }) => at)]);
  }
  let most = 0;
  for (const all of times.values()) {
    all.sort((a, b) => a - b);
    for (let from = 0, to = 0; to < all.length; to += 1) {
      while (all[to] - all[from] >= 1000) {
        from += 1;
      }
      most = Math.max(most, to - from + 1);
    }
  }
  return most;
}
const isWhole = isDone && isEarly && posts.length === count && posts.every((n) => n === 1) && total === count;
console.log(
  `${count} digests, ${processes} process(es), ${distinct} orders; load ${os.loadavg()[0].toFixed(1)}`,
);
console.log(
  `posts ${office.posts}, channels with one ${posts.filter((n) => n === 1).length}, rows posted ${total}`,
);
console.log(
  `composed ${reports.map(({ composed }) => composed)}; the last was posted after ${took.toFixed(1)} s`,
);
if (!values.flat) {
  const all = busiest((channel) => (channel.startsWith('one-limit') ? 'one-limit' : undefined));
  const workspace = busiest((channel) =>
    channel.startsWith('by-workspace') ? channel.split('/')[1] : undefined,
  );
  console.log(`most posts in any second: ${all} of all together, ${workspace} of a workspace`);
}
for (const { loop, peakMb } of reports) {
  console.log(
    `peak ${peakMb.toFixed(0)} MB, event loop p50 ${loop.p50.toFixed(1)} p99 ${loop.p99.toFixed(1)} max ${loop.max.toFixed(0)} ms`,
  );
}
await store.close();
await office.close();
rmSync(dataDir, { recursive: true });
process.exitCode = isWhole ? 0 : 1;
