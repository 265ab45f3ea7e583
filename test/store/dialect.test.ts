import path from 'node:path';
import { Kysely, sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { createSqliteDialect, openDatabase } from '#src/store/dialect.js';
import { tempFolder } from '../helpers/temp-folder.js';

type Tables = { counter: { n: number } };

function connect(file: string): Kysely<Tables> {
  const db = new Kysely<Tables>({ dialect: createSqliteDialect(openDatabase(file)) });
  onTestFinished(() => db.destroy());
  return db;
}

it('begins transactions immediately: what another process reads and then writes is never lost', async () => {
  const file = path.join(tempFolder(), 'x.sqlite');
  const one = connect(file);
  await sql`create table counter (n integer not null)`.execute(one);
  await sql`insert into counter values (0)`.execute(one);
  const second = openDatabase(file);
  onTestFinished(() => second.close());
  second.exec('pragma busy_timeout = 0');

  await one.transaction().execute(async (transaction) => {
    const { n } = await transaction.selectFrom('counter').select('n').executeTakeFirstOrThrow();
    // The transaction has only read so far, and yet nobody else may begin one.
    expect(() => second.exec('begin immediate')).toThrow(/locked/);
    await transaction
      .updateTable('counter')
      .set({ n: n + 1 })
      .execute();
  });

  second.exec('begin immediate; update counter set n = n + 1; commit');
  expect(await one.selectFrom('counter').select('n').executeTakeFirst()).toEqual({ n: 2 });
});

it('undoes a transaction that fails and tells why', async () => {
  const db = connect(path.join(tempFolder(), 'x.sqlite'));
  await sql`create table counter (n integer not null)`.execute(db);

  const failing = db.transaction().execute(async (transaction) => {
    await transaction.insertInto('counter').values({ n: 1 }).execute();
    throw new Error('changed my mind');
  });

  await expect(failing).rejects.toThrow('changed my mind');
  expect(await db.selectFrom('counter').selectAll().execute()).toEqual([]);
});

it('calls a full disk by its name', async () => {
  const db = connect(path.join(tempFolder(), 'x.sqlite'));
  await sql`create table counter (n integer not null)`.execute(db);
  await sql.raw('pragma max_page_count = 3').execute(db);

  const filling = db.transaction().execute(async (transaction) => {
    for (let n = 0; n < 5000; n += 1) {
      await transaction.insertInto('counter').values({ n }).execute();
    }
  });

  await expect(filling).rejects.toMatchObject({ code: 'disk_full' });
  expect(await db.selectFrom('counter').selectAll().execute()).toEqual([]);
});

it('lets a reader look while another process writes', async () => {
  const file = path.join(tempFolder(), 'x.sqlite');
  const db = connect(file);
  await sql`create table counter (n integer not null)`.execute(db);
  const reader = openDatabase(file, { readOnly: true });
  onTestFinished(() => reader.close());

  await db.transaction().execute(async (transaction) => {
    await transaction.insertInto('counter').values({ n: 1 }).execute();
    expect(reader.prepare('select count(*) as n from counter').get()).toEqual({ n: 0 });
  });

  expect(reader.prepare('select count(*) as n from counter').get()).toEqual({ n: 1 });
  expect(() => reader.exec('delete from counter')).toThrow(/readonly/);
});

it('keeps statements without mixing up who runs them', async () => {
  const db = connect(path.join(tempFolder(), 'x.sqlite'));
  await sql`create table counter (n integer not null unique)`.execute(db);
  const insert = (n: number) => db.insertInto('counter').values({ n }).returning('n').executeTakeFirst();
  for (let n = 0; n < 5; n += 1) {
    expect(await insert(n)).toEqual({ n });
  }
  await expect(insert(3)).rejects.toThrow(/UNIQUE/);
  expect(await insert(5)).toEqual({ n: 5 });

  const all = db.selectFrom('counter').select('n').orderBy('n');
  for await (const { n } of all.stream()) {
    if (n === 2) {
      break;
    }
  }
  expect(await all.execute()).toHaveLength(6);

  // Another process may change the tables meanwhile.
  const everything = db.selectFrom('counter').selectAll().where('n', '=', 1);
  expect(await everything.execute()).toEqual([{ n: 1 }]);
  await sql`alter table counter add column name text default 'one'`.execute(db);
  expect(await everything.execute()).toEqual([{ n: 1, name: 'one' }]);
});

it('reads the text of a statement once, and keeps only the last ones', async () => {
  const database = openDatabase(path.join(tempFolder(), 'x.sqlite'));
  let prepared = 0;
  const prepare = database.prepare.bind(database);
  Object.defineProperty(database, 'prepare', {
    value(text: string) {
      prepared += 1;
      return prepare(text);
    },
  });
  const db = new Kysely<Tables>({ dialect: createSqliteDialect(database) });
  onTestFinished(() => db.destroy());
  const ask = (n: number) => sql.raw(`select ${n} as n`).execute(db);
  for (let n = 0; n < 1000; n += 1) {
    await ask(7);
  }
  expect(prepared).toBe(1);

  for (let n = 0; n < 1000; n += 1) {
    await ask(n);
  }
  const after = prepared;
  await ask(999);
  expect(prepared).toBe(after);
  await ask(1);
  expect(prepared).toBe(after + 1);
});
