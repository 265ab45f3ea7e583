// Where a test's store is: a folder, or a database where the tests of the project `postgres` run, which are the same ones.
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from '@photostructure/sqlite';
import { inject, onTestFinished } from 'vitest';
import { isDatabaseAddress, openStore, type Store } from '#src/store/open-store.js';
import { TABLES } from '#src/store/tables.js';
import { databaseUrl, runSql } from './postgres-server.js';
import { tempFolder } from './temp-folder.js';

export const isOnPostgres = process.env['TEST_STORE'] === 'postgres';

/** A fresh place that goes when the test ends, for openStore. */
export async function storePlace(): Promise<string> {
  return isOnPostgres ? emptiedDatabase() : tempFolder();
}

/** A fresh database with the schema, or an empty one; it goes when the test ends. */
export async function tempDatabase(from: 'template' | 'template1' = 'template'): Promise<string> {
  const url = await makeDatabase(from);
  onTestFinished(async () => {
    await runSql(adminUrl(), `drop database ${new URL(url).pathname.slice(1)} with (force)`);
  });
  return url;
}

/** Of this file's earlier tests, which is quicker than making one; the last of them goes with the cluster. */
const emptied: string[] = [];
const EMPTYING = `
  select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
  truncate ${TABLES.map(({ name }) => name).join(', ')};
  insert into counters (name, value) values ('revision', 0), ('marks', 0)`;

async function emptiedDatabase(): Promise<string> {
  const url = emptied.pop() ?? (await makeDatabase('template'));
  onTestFinished(async () => {
    await runSql(url, EMPTYING);
    emptied.push(url);
  });
  return url;
}

const adminUrl = () => databaseUrl(inject('postgres'), 'postgres');

async function makeDatabase(from: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runSql(adminUrl(), `create database ${name} template ${from} strategy file_copy`);
  return databaseUrl(adminUrl(), name);
}

/**
 * What `count` processes have open on one fresh store, as far as one process can show it: on PostgreSQL each has its own,
 * and on a file they share one, since a connection that waits for another of the same process stops both.
 */
export async function sharedStores(count: number): Promise<{ place: string; stores: Store[] }> {
  const place = await storePlace();
  const opened = await Promise.all(Array.from({ length: isOnPostgres ? count : 1 }, () => openStore(place)));
  onTestFinished(async () => {
    await Promise.all(opened.map((store) => store.close()));
  });
  return { place, stores: Array.from({ length: count }, (_, i) => opened[i % opened.length] as Store) };
}

/** Reads, or changes, what no query of the store does, by a connection of its own. */
export async function inStore<Row extends object>(place: string, sql: string): Promise<Row[]> {
  if (isDatabaseAddress(place)) {
    return runSql<Row>(place, sql);
  }
  const database = new DatabaseSync(`${place}/store.sqlite`, { timeout: 5000 });
  try {
    const statement = database.prepare(sql);
    return statement.all() as Row[];
  } finally {
    database.close();
  }
}
