// kill -9 at every step of a digest's way, again and again, each time followed by another process on the same store: every
// digest is posted, once.
//   node bench/digest-kill.mjs [--kills 200] [--seed 1] [--platform office|slack|discord] [--postgres]
// slack, discord: the program's own clients against the loopback servers of the tests.
// Exit 1 = one was posted twice or not at all.
import { rmSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { openStore } from '#src/store/open-store.js';
import { benchFolder, startProcess, subscribe, until } from './digest-kit.mjs';
import { openPlaces } from './digest-places.mjs';
import { openDatabase } from './replicas-kit.mjs';
import { randomFrom } from './slack-kit.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    platform: { type: 'string', default: 'office' },
    postgres: { type: 'boolean', default: false },
  },
});
const POINTS = [
  ...['before plan', 'after plan', 'before compose', 'after compose', 'before putDigest', 'after putDigest'],
  ...[
    'before write',
    'after write',
    'before take',
    'after take',
    'before write sending',
    'after write sending',
  ],
  ...['before post', 'after post', 'before write posted', 'after write posted', 'while it is posted'],
];
/** Steps that all digests of a round share happen once. */
const ONCE = /plan|compose|putDigest|(before|after) write$/;
const CHANNELS = 4;
const random = randomFrom(Number(values.seed));
const cluster = values.postgres ? await openDatabase() : undefined;
const dataDir = cluster?.url ?? benchFolder();
const store = await openStore(dataDir);
const places = await openPlaces(values.platform, CHANNELS);
const given = { dataDir, platforms: places.given, composeMs: 5 };
const wrong = [];
const byPoint = new Map();
let kills = 0;

for (let round = 0; kills < Number(values.kills); round += 1) {
  const point = POINTS[round % POINTS.length];
  // Dates to come, so that a round makes none of another one due.
  const localDate = new Date(Date.now() + (round + 2) * 86_400_000).toISOString().slice(0, 10);
  const nth = ONCE.test(point) ? 1 : 1 + Math.floor(random() * CHANNELS);
  const dueAt = new Date(Date.now() - 1000).toISOString();
  const ids = [];
  for (const place of places.places) {
    ids.push(await subscribe(store, place, { localDate, dueAt }));
  }
  let victim;
  let posts = 0;
  // Seen from outside: the platform has it, its answer does not arrive any more.
  places.choose = () => {
    posts += 1;
    if (point === 'while it is posted' && posts === nth) {
      victim.child.kill('SIGKILL');
      return random() < 0.5 ? 'after' : 'before';
    }
    return undefined;
  };
  victim = await startProcess({ ...given, kill: { point, nth } });
  await Promise.race([victim.ended, until(() => false, 30_000)]);
  if (victim.child.signalCode !== 'SIGKILL') {
    wrong.push(`round ${round}: it was not killed at "${point}" ${nth}`);
    victim.child.kill('SIGKILL');
    await victim.ended;
  } else {
    kills += 1;
  }
  places.choose = () => undefined;
  const heir = await startProcess(given);
  const rows = async () =>
    Promise.all(
      ids.map(async (id) =>
        (await store.digests.digestsOf(id, 400)).find((row) => row.localDate === localDate),
      ),
    );
  await until(async () => (await rows()).every((row) => row?.settledAt), 30_000);
  const states = (await rows()).map((row) => row?.state ?? 'none');
  await heir.stop();
  const counts = places.places.map((place) => places.postsOf(place, localDate));
  const isRight = counts.every((count) => count === 1) && states.every((state) => state === 'posted');
  byPoint.set(point, (byPoint.get(point) ?? 0) + 1);
  if (!isRight) {
    wrong.push(`round ${round}, "${point}" ${nth}: posts ${counts}, states ${states}`);
  }
}

console.log(
  `${values.platform}${cluster ? ' on PostgreSQL' : ''}: ${kills} kills at ${byPoint.size} points, ${CHANNELS} digests each; load ${os.loadavg()[0].toFixed(1)}`,
);
console.log(`wrong: ${wrong.length}`);
for (const line of wrong.slice(0, 10)) {
  console.log(`  ${line}`);
}
await store.close();
await places.close();
if (cluster) {
  await cluster.close();
} else {
  rmSync(dataDir, { recursive: true });
}
process.exitCode = wrong.length > 0 ? 1 : 0;
