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
