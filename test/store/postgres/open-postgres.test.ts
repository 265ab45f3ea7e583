// Opening a database: what is wrong is said in one line, without the password, and many may open at once.
import { expect, inject, it } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { TABLES } from '#src/store/tables.js';
import { SECRET } from '../../fixtures/secrets.mjs';
import { aChunk, anArticle } from '../../helpers/builders.js';
import { freePort } from '../../helpers/free-port.js';
import { inStore, tempDatabase } from '../../helpers/store-place.js';

const changed = (parts: Partial<URL>, url = inject('postgres')) => Object.assign(new URL(url), parts).href;

it.each<[string, () => Promise<string>, string, RegExp]>([
  ['no address', async () => 'postgres://', 'database_url_invalid', /postgres:\/\/USER:PASSWORD@HOST/],
  [
    'nobody there',
    async () => changed({ port: String(await freePort()) }),
    'database_unreachable',
    /^The database template on 127\.0\.0\.1:\d+ cannot be reached \(.*ECONNREFUSED.*\); check DATABASE_URL/,
  ],
  [
    'a wrong password',
    async () => changed({ password: `hunter2${SECRET}` }),
    'database_refused',
    /refuses the user "umpire"; check name and password/,
  ],
  [
    'no such database',
    async () => changed({ pathname: '/nothing' }),
    'database_missing',
    /There is no database nothing/,
  ],
])('says what is wrong in one line: %s', async (_, address, code, line) => {
  const url = await address();
  const error: unknown = await openStore(url).catch((caught: unknown) => caught);

  expect(error).toMatchObject({ code, message: expect.stringMatching(line) });
  const secrets = [new URL(inject('postgres')).password, `hunter2${SECRET}`];
  expect(secrets.filter((secret) => (error as Error).message.includes(secret))).toEqual([]);
  expect((error as Error).message).not.toContain('\n');
});

it('refuses a database of a newer version, and one that holds half of a store', async () => {
  const url = await tempDatabase();
  await inStore(url, "insert into settings values ('copying', 'elsewhere:/data/store.sqlite')");
  await expect(openStore(url)).rejects.toMatchObject({
    code: 'store_half_copied',
    message: expect.stringContaining(
      'a part of elsewhere:/data/store.sqlite only; run third-umpire store copy',
    ),
  });
  await inStore(url, "insert into kysely_migration values ('9999-later', '2030-01-01')");
  await expect(openStore(url)).rejects.toMatchObject({ code: 'store_newer' });
});

it('is made once by many that open an empty database at the same time', async () => {
  const url = await tempDatabase('template1');

  const stores = await Promise.all(Array.from({ length: 6 }, () => openStore(url)));
  await stores[0]?.articles.put(anArticle(), [aChunk()]);

  expect(await stores[5]?.articles.count()).toBe(1);
  await Promise.all(stores.map((store) => store.close()));
  const names = await inStore<{ name: string }>(url, 'select name from kysely_migration');
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
});

it('compares every text byte by byte, whatever language the database orders by', async () => {
  const url = inject('postgres');

  const columns = await inStore<{ name: string; collation: string | null }>(
    url,
    `select table_name || '.' || column_name as name, collation_name as collation from information_schema.columns
      where table_schema = 'public' and data_type = 'text'`,
  );
  const [order] = await inStore(url, `select 'a' < 'B' as "byLanguage", 'a' < 'B' collate "C" as "byBytes"`);

  expect(columns.filter(({ collation }) => collation !== 'C')).toEqual([]);
  expect(columns.length).toBeGreaterThan(100);
  expect(order).toEqual({ byLanguage: true, byBytes: false });
});

it('has each table in the list of tables, with its key, after those that it refers to', async () => {
  const url = inject('postgres');
  const keys = await inStore<{ name: string; key: string[] }>(
    url,
    `select r.relname as name, array_agg(a.attname::text order by array_position(i.indkey::int[], a.attnum::int)) as key
      from pg_index i join pg_class r on r.oid = i.indrelid join pg_namespace n on n.oid = r.relnamespace
      join pg_attribute a on a.attrelid = r.oid and a.attnum = any(i.indkey)
      where i.indisprimary and n.nspname = 'public' and r.relname not like 'kysely%' group by 1`,
  );
  const references = await inStore<{ child: string; parent: string }>(
    url,
    `select conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint where contype = 'f'`,
  );

  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  expect(TABLES.toSorted(byName)).toEqual(keys.toSorted(byName));
  const place = (name: string) => TABLES.findIndex((table) => table.name === name);
  expect(references.filter(({ child, parent }) => place(child) < place(parent))).toEqual([]);
  expect(references.length).toBeGreaterThan(3);
});

it('keeps a text with a NUL as SQLite does', async () => {
  const store = await openStore(await tempDatabase());
  const article = anArticle({ title: 'Toss\0win' });

  await store.articles.put(article, []);

  expect((await store.articles.find(article.id))?.title).toBe('Toss\uFFFDwin');
  await store.close();
});
