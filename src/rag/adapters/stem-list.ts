// The stems that stand in the lexical index, one row each, so that those near a misspelt word are found without
// walking the lists of chunks of each (fts5vocab does: 15 ms a letter at 50,000 chunks). Stems of dropped chunks stay
// in the list; their count says that they are gone.
import type { DatabaseSync } from '@photostructure/sqlite';
import { after } from './nearest-stem.js';

type Database = InstanceType<typeof DatabaseSync>;

export const TOKENIZER = 'tokenize = "porter unicode61 remove_diacritics 2"';
export const STEM_LIST_SCHEMA = `
  create table if not exists stem (term text primary key) without rowid;
  create virtual table if not exists vocabulary using fts5vocab(words, row);
`;
/** FTS5 cuts and stems the texts of a batch here, as it does in the index. */
const BATCH_SCHEMA = `
  pragma temp_store = memory;
  create virtual table if not exists temp.batch using fts5 (text, content = '', ${TOKENIZER});
  create virtual table if not exists temp.batch_stem using fts5vocab (temp, batch, row);
`;

export function createStemList(database: Database) {
  const ranging = database.prepare('select term from stem where term >= ? and term < ?');
  database.exec(BATCH_SCHEMA);
  const put = database.prepare('insert into temp.batch (rowid, text) values (?, ?)');
  const counting = database.prepare('select doc from vocabulary where term = ?');

  return {
    /** Adds the stems of texts, in the caller's transaction. */
    add(texts: string[]): void {
      for (const [i, text] of texts.entries()) {
        put.run(i + 1, text);
      }
      database.exec(`
        insert or ignore into stem select term from temp.batch_stem;
        insert into temp.batch (batch) values ('delete-all');
      `);
    },

    /** Stems that begin with these letters. */
    stems: (letters: string): string[] =>
      (ranging.all(letters, after(letters)) as { term: string }[]).map(({ term }) => term),

    /** In how many chunks a stem stands now. */
    countOf: (stem: string) => (counting.get(stem) as { doc: number } | undefined)?.doc ?? 0,
  };
}
