// The PostgreSQL of a run of the tests, with a database that has the schema.
import type { TestProject } from 'vitest/node';
import { openStore } from '#src/store/open-store.js';
import { databaseUrl, openCluster, runSql } from './postgres-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of its database `template`, which has the schema; '' = there is no PostgreSQL on this machine. */
    postgres: string;
  }
}

/** Runs before all tests of the project, and what it gives after them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await openCluster();
  if (!cluster) {
    process.stderr.write('\nPostgreSQL is not installed here: the tests of the store on it are SKIPPED.\n\n');
    project.provide('postgres', '');
    return async () => {};
  }
  const template = databaseUrl(cluster.url, 'template');
  await runSql(cluster.url, 'create database template');
  const store = await openStore(template);
  await store.close();
  project.provide('postgres', template);
  return cluster.close;
}
