// A process that delivers digests, for the measurements: the real store and scheduler, platforms on loopback, and digests
// of a fixed length. Its options come as JSON in BOT:
//   dataDir, tickMs, composeMs or news ({dataDir, firstDay}: each team's order is a real day of that collection), platforms (as digest-platforms.mjs opens them), options, kill: {point, nth}
// `kill` ends it with SIGKILL at that point: before or after the named step, the nth time.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { realTimers } from '#src/bots/timers.js';
import { createDigests } from '#src/digests/open-digests.js';
import { createHold, isGoneOwner, ownerName } from '#src/ops/hold.js';
import { openStore } from '#src/store/open-store.js';
import { openNews } from './digest-news.mjs';
import { openPlatforms } from './digest-platforms.mjs';

const { composeMs = 0, dataDir, kill, news, options, platforms, tickMs } = JSON.parse(process.env.BOT);
const seen = new Map();
function pass(point) {
  seen.set(point, (seen.get(point) ?? 0) + 1);
  if (kill?.point === point && seen.get(point) === kill.nth) {
    process.kill(process.pid, 'SIGKILL');
  }
}
/** The same function, with a point before and one after it. */
const pointed =
  (name, run) =>
  async (...given) => {
    const step = name === 'change' ? `write ${given[1].state}` : name;
    pass(`before ${step}`);
    const result = await run(...given);
    if (result !== undefined || name !== 'take') {
      pass(`after ${step}`);
    }
    return result;
  };

const store = await openStore(dataDir);
const digestStore = { ...store.digests };
for (const name of ['plan', 'putDigest', 'write', 'take', 'change']) {
  digestStore[name] = pointed(name, store.digests[name]);
}
const stories = (order) =>
  Array.from({ length: order.length }, (_, i) => ({
    storyId: `${order.to} ${i}`,
    articleIds: [`${order.to} ${i} a`, `${order.to} ${i} b`],
    text: `Story ${i} of ${order.following.teams.join() || 'all'}: a sentence as long as those of a digest are. [${i + 1}]`,
    isUpdate: false,
    morePublishers: 3,
  }));
const DAY_MS = 86_400_000;
const realNews = news && (await openNews(news.dataDir, new Date(Date.parse(news.firstDay) + 60 * DAY_MS)));
let composed = 0;
async function compose(order, signal) {
  composed += 1;
  if (realNews) {
    const day = Number(/\d+$/.exec(order.following.teams[0] ?? '0')[0]);
    const [from, to] = [day, day + 1].map((at) =>
      new Date(Date.parse(news.firstDay) + at * DAY_MS).toISOString(),
    );
    const following = { teams: [], leagues: [], formats: [], sides: [] };
    return realNews.compose({ ...order, from, to, following }, signal);
  }
  await sleep(composeMs);
  const { from, to } = order;
  return { from, to, items: stories(order), fixtures: [], citations: [], stories: 40, dropped: 0 };
}
const owner = ownerName();
const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2));
const ports = await openPlatforms(platforms, { log, store });
const opened = ports.map((port) => {
  return { ...port, post: pointed('post', port.post), find: pointed('find', port.find) };
});
const digests = createDigests(
  {
    store: digestStore,
    compose: pointed('compose', compose),
    platforms: opened,
    hold: createHold({ claims: store.claims, owner, clock: () => new Date(), every: realTimers.every }),
    clock: () => new Date(),
    timers: realTimers,
    log,
    owner,
    isGone: (other) => isGoneOwner(other, owner),
  },
  options,
);

const delay = monitorEventLoopDelay({ resolution: 5 });
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 100);
async function obey(message) {
  if (message === 'measure') {
    delay.reset();
    delay.enable();
  } else if (message === 'report') {
    const ms = (share) => delay.percentile(share) / 1e6;
    process.send({ composed, peakMb: peak / 1e6, loop: { p50: ms(50), p99: ms(99), max: delay.max / 1e6 } });
  } else if (message === 'stop') {
    isOver = true;
    clearInterval(watch);
    await digests.stop();
    await Promise.all(ports.map((port) => port.close?.()));
    await store.close();
    await realNews?.close();
    process.disconnect();
  }
}
process.on('message', (message) => void obey(message));
let isOver = false;
process.send({ ready: true });
while (!isOver) {
  await digests.tick();
  await sleep(tickMs);
}
