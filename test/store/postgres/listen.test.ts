// What replicas tell each other, and that nobody depends on it.
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { aChunk, anArticle } from '../../helpers/builders.js';
import { runSql } from '../../helpers/postgres-server.js';
import { until } from '../../helpers/processes.js';
import { tempDatabase } from '../../helpers/store-place.js';

const LISTENERS = `from pg_stat_activity where datname = current_database() and application_name = 'third-umpire listening'`;
/** Longer than calls that are told of close together are gathered. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 400));

async function aListener() {
  const url = await tempDatabase();
  const store = await openStore(url);
  onTestFinished(() => store.close());
  let looks = 0;
  const end = store.onWake('news', () => {
    looks += 1;
  });
  const listeners = async () =>
    (await runSql<{ n: number }>(url, `select count(*)::int as n ${LISTENERS}`))[0]?.n;
  await until('it listens', async () => (await listeners()) === 1);
  const tell = (what = 'news another') => runSql(url, `select pg_notify('third_umpire', '${what}')`);
  return { url, store, end, listeners, tell, looks: () => looks };
}

it('looks once for what is told many times, and not for what it told itself or did not ask for', async () => {
  const { end, looks, store, tell } = await aListener();

  await Promise.all([tell(), tell(), tell()]);
  await until('it has looked', () => looks() > 0);
  await tell('questions another');
  await store.articles.put(anArticle(), [aChunk()]);
  await pause();
  expect(looks()).toBe(1);
  end();
  await tell();
  await pause();
  expect(looks()).toBe(1);
});

it('looks as soon as it hears again for what was told while it heard nothing, and finds it by looking meanwhile', async () => {
  const { listeners, looks, store, tell, url } = await aListener();

  await runSql(url, `select pg_terminate_backend(pid) ${LISTENERS}`);
  await until('nobody listens', async () => (await listeners()) === 0);
  await store.articles.put(anArticle(), [aChunk()]);
  expect((await store.chunks.changesAfter(0, 10))?.puts).toHaveLength(1);
  await until('it has looked', () => looks() === 1);
  expect(await listeners()).toBe(1);
  await tell();
  await until('it hears again', () => looks() === 2);
});
