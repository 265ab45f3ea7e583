// The thread behind lexical.ts: one connection, one function a request. The text itself is not kept
// (contentless FTS5), only its words and names; `revision` is written in the same transaction as the words.
import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { workerData } from 'piscina';
import type { Hit, LexicalChanges, NamesWith } from '../ports.js';
import { createBoundedMatch } from './bounded-match.js';
import { type Hints, nearestWords } from './nearest-words.js';
import { createSeenNames, SEEN_NAMES_SCHEMA } from './seen-names.js';
import { createStemList, STEM_LIST_SCHEMA, TOKENIZER } from './stem-list.js';

const SCHEMA = `
  create table if not exists chunk (rowid integer primary key, id text not null unique);
  create table if not exists state (revision integer not null, erased integer not null);
  create virtual table if not exists words using fts5 (
    header, text, also, content = '', contentless_delete = 1, ${TOKENIZER});
  ${SEEN_NAMES_SCHEMA}
  ${STEM_LIST_SCHEMA}
  insert into state select 0, 0 where not exists (select 1 from state);
`;

/** Whole number; a file of another version is made anew. */
const { file, mostScored, mostWalked, version } = workerData as {
  file: string;
  version: number;
  mostScored: number;
  mostWalked?: number;
};
let database = open();
let { bounded, seenNames, stemList } = partsOf(database);

export function apply({ after = 0, drops, puts, revision: reached }: LexicalChanges): void {
  const rowOf = database.prepare('select rowid from chunk where id = ?');
  const forget = database.prepare('delete from words where rowid = ?');
  const forgetId = database.prepare('delete from chunk where rowid = ?');
  const addId = database.prepare('insert into chunk (id) values (?) returning rowid');
  const add = database.prepare('insert into words (rowid, header, text, also) values (?, ?, ?, ?)');
  inTransaction(() => {
    // Another process has emptied it: what came before would be missing.
    if (revision() < after) {
      return;
    }
    for (const id of [...drops, ...puts.map((chunk) => chunk.id)]) {
      const row = rowOf.get(id) as { rowid: number } | undefined;
      if (row) {
        forget.run(row.rowid);
        forgetId.run(row.rowid);
        seenNames.forget(row.rowid);
      }
    }
    for (const chunk of puts) {
      const { rowid } = addId.get(chunk.id) as { rowid: number };
      add.run(rowid, chunk.header, chunk.text, chunk.also ?? '');
      seenNames.add(rowid, chunk.text);
    }
    stemList.add(puts.map(({ also = '', header, text }) => `${header} ${text} ${also}`));
    database.prepare('update state set revision = ?').run(reached);
  });
}

export function revision(): number {
  return (database.prepare('select revision from state').get() as { revision: number }).revision;
}

export function match({ terms, limit }: { terms: string[]; limit: number }): Hit[] {
  return bounded.match(terms, limit);
}

export function frequencies(terms: string[]): { total: number; counts: number[] } {
  return { total: count(), counts: terms.map(bounded.countOf) };
}

/** Among the indexed stems with the same first letter and the names that sound alike or stand beside. */
export function closest({ words, ...hints }: { words: string[] } & Hints): (string | undefined)[] {
  return nearestWords(words, hints, { ...stemList, ...seenNames });
}

export function namesWith(words: string[]): NamesWith[] {
  return words.map((word) => seenNames.with(word));
}

export function count(): number {
  return (database.prepare('select count(*) as n from chunk').get() as { n: number }).n;
}

export function erased(): number {
  return (database.prepare('select erased from state').get() as { erased: number }).erased;
}

export function reset(): void {
  const takedowns = erased();
  begin(() => {});
  database.prepare('update state set erased = ?').run(takedowns);
}

/** In the same file, and by one of the processes that have it open: the others go on with it. */
export function erase(takedowns: number): void {
  database.exec('pragma secure_delete = on');
  inTransaction(() => {
    if (erased() === takedowns) {
      return;
    }
    // Those of FTS5 take their own with them.
    const tables = () =>
      database
        .prepare(
          "select name from sqlite_schema where type = 'table' order by sql like 'create virtual%' desc",
        )
        .all() as { name: string }[];
    for (let [table] = tables(); table; [table] = tables()) {
      database.exec(`drop table "${table.name}"`);
    }
    database.exec(SCHEMA);
    database.prepare('update state set erased = ?').run(takedowns);
  });
  database.exec('pragma secure_delete = off; pragma wal_checkpoint(truncate)');
  ({ bounded, seenNames, stemList } = partsOf(database));
}

/** `from` lies on the same disk. A kill in between leaves no index, which is an empty one. */
export function adopt(from: string): void {
  begin(() => renameSync(from, file));
}

/** Begins anew with what `bring` puts in the file's place. */
function begin(bring: () => void): void {
  database.close();
  remove();
  try {
    bring();
  } finally {
    database = open();
    ({ bounded, seenNames, stemList } = partsOf(database));
  }
}

function partsOf(opened: InstanceType<typeof DatabaseSync>) {
  return {
    bounded: createBoundedMatch(opened, { mostScored, mostWalked }),
    seenNames: createSeenNames(opened),
    stemList: createStemList(opened),
  };
}

function open(): InstanceType<typeof DatabaseSync> {
  try {
    return openAndCheck();
  } catch (error) {
    if (!/malformed|not a database|corrupt/i.test(String(error))) {
      throw error;
    }
    // Nothing is lost: the index is derived, and an empty one catches up from revision 0.
    remove();
    return openAndCheck();
  }
}

function openAndCheck(): InstanceType<typeof DatabaseSync> {
  const opened = new DatabaseSync(file, { timeout: 10_000 });
  try {
    opened.exec('pragma journal_mode = wal; pragma synchronous = normal');
    const { user_version: found } = opened.prepare('pragma user_version').get() as { user_version: number };
    if (found !== version && opened.prepare('select 1 from sqlite_schema').get()) {
      throw new Error('malformed: made by another version');
    }
    opened.exec(`${SCHEMA}; pragma user_version = ${version}`);
    const [row] = opened.prepare('pragma quick_check(1)').all() as { quick_check: string }[];
    if (row?.quick_check !== 'ok') {
      throw new Error(`malformed: ${row?.quick_check}`);
    }
    return opened;
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** The log first: one without its index would be written into the next one. */
function remove(): void {
  for (const suffix of ['-wal', '-shm', '']) {
    rmSync(file + suffix, { force: true });
  }
}

function inTransaction(work: () => void): void {
  database.exec('begin immediate');
  try {
    work();
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}
