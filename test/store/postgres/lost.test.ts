// A database that goes away while it is used: whatever is asked fails at once with one line, nothing breaks, and it is used
// again as soon as it is back.
import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { openPostgres } from '#src/store/postgres/open-postgres.js';
import { aChunk, anArticle } from '../../helpers/builders.js';
import { databaseUrl, openCluster, runSql } from '../../helpers/postgres-server.js';
import { until } from '../../helpers/processes.js';
import { tempDatabase } from '../../helpers/store-place.js';

function aLog() {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  return { log, lines, told: () => lines.map((line) => (JSON.parse(line) as { msg: string }).msg) };
}

it('is told once when the server goes and once when it is back, and nothing that was written is lost', {
  timeout: 60_000,
}, async () => {
  const cluster = await openCluster();
  if (!cluster) {
    throw new Error('PostgreSQL went away');
  }
  onTestFinished(cluster.close);
  await runSql(cluster.url, 'create database umpire');
  const url = databaseUrl(cluster.url, 'umpire');
  const { lines, log, told } = aLog();
  const store = await openStore(url, { log });
  onTestFinished(() => store.close());
  await store.articles.put(anArticle(), [aChunk()]);

  await cluster.stop('SIGQUIT');
  const failures = await Promise.allSettled([
    store.articles.count(),
    store.claims.take({ subject: 's', job: 'j' }, 'one', { now: '1', expiresAt: '2' }, () => false),
    store.articles.put(anArticle({ url: 'https://example.com/b' }), []),
    ...Array.from({ length: 20 }, () => store.chunks.countChunks()),
  ]);
  await cluster.start();
  await until('it answers again', () => store.articles.count().then(Boolean, () => false));

  expect(
    failures.map((one) => (one.status === 'rejected' ? (one.reason as { code?: string }).code : 'done')),
  ).toEqual(failures.map(() => 'database_unreachable'));
  expect(told()).toEqual(['the database is lost', 'the database is back']);
  expect(lines.join()).not.toContain(new URL(url).password);
  expect([await store.articles.count(), await store.chunks.countChunks()]).toEqual([1, 1]);
});

it('breaks off a statement that takes too long, and goes on with the next', async () => {
  const { close, db } = await openPostgres(await tempDatabase(), { statementSeconds: 0.2, connections: 2 });
  onTestFinished(close);
  const ask = (text: string) =>
    sql<{ n: number }>`${sql.raw(text)}`.execute(db).then(({ rows }) => rows[0]?.n);

  await expect(ask('select 1 as n from pg_sleep(10)')).rejects.toMatchObject({ code: 'database_slow' });

  expect(await Promise.all(Array.from({ length: 6 }, () => ask('select 7 as n')))).toEqual(Array(6).fill(7));
});
