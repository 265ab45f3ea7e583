// Links an article to those that are copies of it, in the transaction that stores it. A link depends on its
// two texts alone, so a store has the same links in whatever order its articles came. An article that changes
// is linked anew; one that is deleted takes its marks and links with it (foreign keys), and whatever hung
// together only through it falls apart.
import type { Transaction } from 'kysely';
import { createCopyTest } from './copies.js';
import { createMarkIndex } from './mark-index.js';
import type { Schema } from './schema.js';
import { marksOf, shinglesOf, wordsOf } from './shingles.js';

/** Writes marks and links of a stored article; a `new` one has none yet. */
export type LinkCopies = (
  transaction: Transaction<Schema>,
  article: { id: string; text: string },
  state: 'new' | 'known',
) => Promise<void>;

/** Comparisons an article, the likeliest first: of a story with more copies each is linked to so many. */
const MOST_COMPARED = 32;
const PAGE = 2000;

/** One per open store: it remembers the marks of what is stored, and reads those that others added. */
export function createCopyLinker(): LinkCopies {
  const index = createMarkIndex();
  let known = 0;

  /** Every writer takes the next revision, and a counter's row makes writers take turns: none is passed over. */
  async function readNewMarks(transaction: Transaction<Schema>): Promise<void> {
    while (true) {
      const rows = await transaction
        .selectFrom('marks')
        .selectAll()
        .where('revision', '>', known)
        .orderBy('revision')
        .limit(PAGE)
        .execute();
      for (const row of rows) {
        index.add(row.article_id, unpack(row.marks));
        known = Number(row.revision);
      }
      if (rows.length < PAGE) {
        return;
      }
    }
  }

  return async (transaction, { id, text }, state) => {
    const marks = marksOf(shinglesOf(wordsOf(text)));
    const revision = await takeRevision(transaction);
    await readNewMarks(transaction);
    // The text's own former marks may stand in the index, too; what is gone or changed since shows when texts
    // are compared.
    const similar = index.similar(marks, MOST_COMPARED + 1);
    await saveMarks(transaction, id, marks, revision);
    if (state === 'known') {
      await dropLinks(transaction, id);
    }
    const candidates = similar.filter((other) => other !== id);
    await saveLinks(transaction, id, await findCopies(transaction, text, candidates));
  };
}

async function takeRevision(transaction: Transaction<Schema>): Promise<number> {
  const { value } = await transaction
    .updateTable('counters')
    .set((e) => ({ value: e('value', '+', 1) }))
    .where('name', '=', 'marks')
    .returning('value')
    .executeTakeFirstOrThrow();
  return Number(value);
}

async function saveMarks(transaction: Transaction<Schema>, id: string, marks: number[], revision: number) {
  const values = { marks: pack(marks), revision };
  await transaction
    .insertInto('marks')
    .values({ article_id: id, ...values })
    .onConflict((conflict) => conflict.column('article_id').doUpdateSet(values))
    .execute();
}

async function findCopies(transaction: Transaction<Schema>, text: string, candidates: string[]) {
  if (candidates.length === 0) {
    return [];
  }
  const isCopy = createCopyTest(text);
  const others = await transaction
    .selectFrom('articles')
    .select(['id', 'text'])
    .where('id', 'in', candidates)
    .execute();
  return others.filter((other) => isCopy(other.text)).map((other) => other.id);
}

async function dropLinks(transaction: Transaction<Schema>, id: string): Promise<void> {
  await transaction
    .deleteFrom('copies')
    .where((e) => e.or([e('article_id', '=', id), e('copy_id', '=', id)]))
    .execute();
}

/** Both ways round, so that one lookup finds the neighbours. */
async function saveLinks(transaction: Transaction<Schema>, id: string, copies: string[]): Promise<void> {
  if (copies.length > 0) {
    const links = copies.flatMap((copy) => [
      { article_id: id, copy_id: copy },
      { article_id: copy, copy_id: id },
    ]);
    await transaction.insertInto('copies').values(links).execute();
  }
}

/** Four bytes a mark, little-endian. */
function pack(marks: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(marks.length * 4));
  for (const [i, mark] of marks.entries()) {
    view.setUint32(i * 4, mark, true);
  }
  return new Uint8Array(view.buffer);
}

function unpack(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getUint32(i * 4, true));
}
