// The names that stand in the indexed articles, in the lexical index's own file: who is written about, and how
// often. They tell a player's full name and what a misspelt one was meant to be; they follow every change of
// the index in its transaction.
import type { DatabaseSync } from '@photostructure/sqlite';
import { stemmer } from 'stemmer';
import type { NamesWith, SeenName } from '../ports.js';
import { nameRuns } from './name-runs.js';
import { after, type Term } from './nearest-stem.js';
import { soundOf } from './sound.js';

type Database = InstanceType<typeof DatabaseSync>;

export const SEEN_NAMES_SCHEMA = `
  create table if not exists seen_name (id integer primary key, name text not null unique, count integer not null);
  create table if not exists seen (chunk integer not null, name integer not null, primary key (chunk, name))
    without rowid;
  create table if not exists seen_word (word text not null, stem text not null, sound text not null, name integer not null,
    primary key (word, name)) without rowid;
  create index if not exists seen_word_stem on seen_word (stem);
  create index if not exists seen_word_sound on seen_word (sound, word);
  create index if not exists seen_word_name on seen_word (name);
`;

/** More names than a chunk of prose holds; a list of results is cut. */
const MOST_A_CHUNK = 40;
const MOST_A_WORD = 12;

export function createSeenNames(database: Database) {
  const put = database.prepare(
    'insert into seen_name (name, count) values (?, 1) on conflict (name) do update set count = count + 1 returning id, count',
  );
  const link = database.prepare('insert into seen (chunk, name) values (?, ?)');
  const putWord = database.prepare(
    'insert or ignore into seen_word (word, stem, sound, name) values (?, ?, ?, ?)',
  );
  const fewer = database.prepare(
    'update seen_name set count = count - 1 where id in (select name from seen where chunk = ?) returning id, count',
  );
  const unlink = database.prepare('delete from seen where chunk = ?');
  const dropWords = database.prepare('delete from seen_word where name = ?');
  const drop = database.prepare('delete from seen_name where id = ?');
  const withWord = database.prepare(
    `select seen_name.name, seen_name.count from seen_word join seen_name on seen_name.id = seen_word.name
     where seen_word.stem = ? group by seen_name.id order by seen_name.count desc, seen_name.name`,
  );
  const wordsWhere = (condition: string) =>
    database.prepare(
      `select seen_word.word as term, sum(seen_name.count) as count from seen_word
       join seen_name on seen_name.id = seen_word.name where ${condition} group by seen_word.word`,
    );
  const alike = wordsWhere('seen_word.sound = ?');
  const between = wordsWhere('seen_word.word >= ? and seen_word.word < ?');

  return {
    add(chunk: number, text: string): void {
      for (const name of nameRuns(text, MOST_A_CHUNK)) {
        const { count, id } = put.get(name) as { id: number; count: number };
        link.run(chunk, id);
        if (count === 1) {
          for (const word of new Set(wordsOf(name))) {
            putWord.run(word, stemmer(word), soundOf(word), id);
          }
        }
      }
    },

    forget(chunk: number): void {
      for (const { count, id } of fewer.all(chunk) as { id: number; count: number }[]) {
        if (count === 0) {
          dropWords.run(id);
          drop.run(id);
        }
      }
      unlink.run(chunk);
    },

    with(word: string): NamesWith {
      const all = withWord.all(stemmer(plain(word))) as unknown as SeenName[];
      return {
        names: all.filter(({ name }) => /[ -]/.test(name)).slice(0, MOST_A_WORD),
        count: all.reduce((sum, { count }) => sum + count, 0),
      };
    },

    /** Words of names that sound like the given one. */
    soundingLike: (word: string) => alike.all(soundOf(word)) as unknown as Term[],

    /** Words of names that begin with these letters. */
    beginning: (letters: string) => between.all(letters, after(letters)) as unknown as Term[],

    /** Words that stand beside the given one in a name. */
    beside: (word: string): Term[] =>
      (withWord.all(stemmer(plain(word))) as unknown as SeenName[]).flatMap(({ count, name }) =>
        wordsOf(name)
          .filter((other) => other !== plain(word))
          .map((term) => ({ term, count })),
      ),
  };
}

function wordsOf(name: string): string[] {
  return name.split(/[ -]/).map(plain);
}

function plain(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase();
}
