// What is done to a database of replicas by hand, as docs/KUBERNETES.md says it: a new version beside an old one, a dump and
// the way back.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { openTestStore } from '../helpers/bots.js';
import { aChunk, anArticle } from '../helpers/builders.js';
import { findBinaries, runSql } from '../helpers/postgres-server.js';
import { tempDatabase } from '../helpers/store-place.js';
import { tempFolder } from '../helpers/temp-folder.js';

const page = readFileSync('docs/KUBERNETES.md', 'utf8');
const lease = { owner: 'old', now: '2026-11-29T12:00:00.000Z', until: '2026-11-29T12:00:15.000Z' };
const delivery = { delivery: 'd', userKey: 'u', platform: 'slack', tenant: 'T', channel: 'C' };

it('works on when a newer version has added to the schema, and does not start on it', async () => {
  const place = await tempDatabase();
  const store = await openTestStore(place);
  await store.articles.put(anArticle(), [aChunk()]);

  await runSql(
    place,
    `create table of_the_future (id text primary key);
     alter table asked add column mood text; alter table articles add column mood text;
     alter table discord_shards add column mood text;
     insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01T00:00:00.000Z')`,
  );

  await store.articles.put(anArticle({ url: 'https://example.com/b' }), []);
  expect(await store.articles.count()).toBe(2);
  expect(await store.conversations.once(delivery, lease.now)).toBe(true);
  expect((await store.discordShards.meet(lease, 2)).shards).toHaveLength(2);
  await expect(openStore(place)).rejects.toMatchObject({ code: 'store_newer' });
});

it('only ever adds to the schema, so that the version before works on', () => {
  const files = readdirSync('src/store').filter((file) => file.startsWith('migrations'));
  const texts = files.map((file) => readFileSync(path.join('src/store', file), 'utf8'));

  expect(files.length).toBeGreaterThan(3);
  // Whoever does not know a column leaves it out.
  const breaking = /\b(drop|rename|alter column)\b|add column \w+ \w+ not null(?! default)/gi;
  expect(texts.join('\n').match(breaking)).toBeNull();
});

it('comes back from a dump, with what was open ended and the indexes to be filled anew', async () => {
  const [from, to] = [await tempDatabase(), await tempDatabase('template1')];
  const store = await openTestStore(from);
  await store.articles.put(anArticle(), [aChunk()]);
  await store.vectors.setAppliedRevision('chroma', 7);
  const asked = {
    ...delivery,
    id: 'q',
    thread: 't',
    message: 'm',
    way: 'mention' as const,
    user: 'U',
    text: 'Who?',
  };
  expect(await store.conversations.claim(asked, lease, [])).toMatchObject({ kind: 'ours' });
  await runSql(
    from,
    `insert into web_posts (id, question_id, thread, posted_at, post)
     values ('p', 'q', 't', '${lease.now}', '{"state":"writing","text":"It"}')`,
  );

  const dump = path.join(tempFolder(), 'third-umpire.dump');
  const run = (line: string, address: string) => {
    const [program = '', ...options] = line
      .replaceAll('third-umpire.dump', dump)
      .replaceAll('"$DATABASE_URL"', address)
      .split(' ');
    execFileSync(path.join(findBinaries() ?? '', program), options, { stdio: ['ignore', 'ignore', 'pipe'] });
  };
  run(/^ {4}(pg_dump .*)$/m.exec(page)?.[1] ?? '', from);
  run(/^ {4}(pg_restore .*)$/m.exec(page)?.[1] ?? '', to);
  await runSql(to, /```sql\n([\s\S]*?)```/.exec(page)?.[1] ?? '');

  const restored = await openTestStore(to);
  expect(await restored.articles.count()).toBe(1);
  expect(await restored.vectors.appliedRevision('chroma')).toBe(0);
  const after = { owner: 'new', now: '2026-11-29T13:00:00.000Z', until: '2026-11-29T13:00:15.000Z' };
  expect(await restored.conversations.takeOver(after, ['slack'], 10, () => false)).toEqual([]);
  expect(await restored.conversations.claim(asked, after, [])).toEqual({ kind: 'known' });
  expect(await runSql(to, 'select post from web_posts')).toEqual([
    { post: expect.stringContaining('"failed"') },
  ]);
  const [mark] = await runSql<{ value: string }>(to, "select value from settings where name = 'restored'");
  expect(new Date(mark?.value ?? '').toISOString()).toBe(mark?.value);
});
