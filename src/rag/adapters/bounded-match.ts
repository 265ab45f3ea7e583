// BM25 at a cost that hardly grows with the index. FTS5 scores every chunk that holds any word of a question, and
// the commonest words cost most and tell least: scoring a chunk takes twenty times as long as counting it. So the
// chunks with the rarest words are scored first, as many words as fit into a budget, and all words are weighed for
// the best of those alone (after "max score", Turtle and Flood 1995); of a long question in a large index all but the
// commonest, since their lists must be walked. Within both budgets nothing changes.
import type { DatabaseSync } from '@photostructure/sqlite';
import type { Hit } from '../ports.js';

/** For each hit asked for so many chunks are weighed by all words. */
const KEPT = 24;
const MOST_REMEMBERED = 10_000;
/** Of a large index so many of its chunks are scored, for its rare words are no rarer: with fewer, right ones are lost. */
const SHARE = 0.06;
/** Postings walked to weigh the best; 1,000 take 0.14 ms. */
const MOST_WALKED = 800_000;
/** Counting so many takes longer than what they change by: such a count holds until the index is another one by a hundredth. */
const MANY = 5000;
const HELD = 0.01;

export interface BoundedMatch {
  /** Best first; `terms` are plain words. */
  match(terms: string[], limit: number): Hit[];
  /** In how many chunks a word occurs. */
  countOf(term: string): number;
}

/** `words` is the FTS5 table, `chunk` gives a row's id. */
export function createBoundedMatch(
  database: InstanceType<typeof DatabaseSync>,
  { mostScored, mostWalked = MOST_WALKED }: { mostScored: number; mostWalked?: number | undefined },
): BoundedMatch {
  const counting = database.prepare('select count(*) as n from words where words match ?');
  const writes = database.prepare('select total_changes() as own');
  const others = database.prepare('pragma data_version');
  const lastRow = database.prepare('select max(rowid) as row from chunk');
  const byAll = database.prepare(
    `select chunk.id, -found.rank as score
     from (select rowid, rank from words where words match ? order by rank limit ?) as found
     join chunk on chunk.rowid = found.rowid order by found.rank, chunk.id`,
  );
  const byTelling = database.prepare(
    'select rowid as row from words where words match ? and rowid > ? order by rank limit ?',
  );
  // The plus keeps FTS5 from starting anew for each row: it walks the lists of all words once, and weighs few.
  const amongThem = database.prepare(
    `select chunk.id, -found.score as score
     from (select rowid, bm25(words) as score from words
           where words match ? and +rowid in (select value from json_each(?))) as found
     join chunk on chunk.rowid = found.rowid order by found.score, chunk.id limit ?`,
  );
  const counts = new Map<string, { count: number; newest: number }>();
  let counted = '';

  const newestRow = () => (lastRow.get() as { row: number | null }).row ?? 0;

  /** Counts hold until anybody writes, large ones until much is written. */
  function countOf(term: string): number {
    const { own } = writes.get() as { own: number };
    const { data_version: version } = others.get() as { data_version: number };
    const now = `${own} ${version}`;
    if (now !== counted || counts.size > MOST_REMEMBERED) {
      const newest = newestRow();
      for (const [known, { count, newest: at }] of counts) {
        if (count < MANY || newest - at > HELD * newest || counts.size > MOST_REMEMBERED) {
          counts.delete(known);
        }
      }
      counted = now;
    }
    const known = counts.get(term);
    const count = known?.count ?? (counting.get(quote(term)) as { n: number }).n;
    counts.set(term, known ?? { count, newest: newestRow() });
    return count;
  }

  /** The rarest words that the budget allows, one at least. */
  function rarestOf(terms: { term: string; count: number }[], budget: number) {
    let sum = 0;
    return terms.filter(({ count }, i) => {
      sum += count;
      return i === 0 || sum <= budget;
    });
  }

  return {
    countOf,

    match(terms, limit) {
      const known = terms
        .map((term) => ({ term, count: countOf(term) }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => a.count - b.count || (a.term < b.term ? -1 : 1));
      const [rarest] = known;
      if (!rarest) {
        return [];
      }
      const budget = Math.max(mostScored, SHARE * newestRow());
      const first = rarestOf(known, budget);
      if (first.length === known.length && rarest.count <= budget) {
        return byAll.all(anyOf(known), limit) as unknown as Hit[];
      }
      const all = anyOf(rarestOf(known, Math.max(budget, mostWalked)));
      const rows = byTelling.all(anyOf(first), oldestRow(rarest.count, budget), KEPT * limit) as {
        row: number;
      }[];
      return amongThem.all(all, JSON.stringify(rows.map(({ row }) => row)), limit) as unknown as Hit[];
    },
  };

  /** A word that alone exceeds the budget is looked for among the newest chunks: it is news that is asked for. */
  function oldestRow(count: number, budget: number): number {
    return count > budget ? Math.floor(newestRow() * (1 - budget / count)) : 0;
  }
}

function anyOf(terms: { term: string }[]): string {
  return terms.map(({ term }) => quote(term)).join(' OR ');
}

/** A word as an FTS5 string: quoted, so that no question can hold an operator. */
export function quote(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
