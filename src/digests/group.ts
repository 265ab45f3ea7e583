// Average-link clustering: two groups become one while the mean of all odds between them speaks for it, the surest
// first. A chain does not swallow two matches of the same teams: the report between them likes both, they do not like
// each other. Each merge follows Lance and Williams (1967), so all takes time in the square of the items.

/** What two copies of one report, or parts of a story that was told, have in common. */
export const SURE = 12;
/** Odds are cut off here: one odd pair does not outweigh the rest of two groups. */
const MOST = 6;

/**
 * Groups the items 0 to n - 1; each is in one group. `oddsOf` gives the log odds that two (i < j) belong together; from
 * SURE on they surely do, and lower odds are cut off at 6 either way.
 */
export function group(n: number, oddsOf: (i: number, j: number) => number, least = 0): number[][] {
  const odds = new Float32Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      const value = oddsOf(i, j);
      const cut = value >= SURE ? value : Math.max(-MOST, Math.min(MOST, value));
      odds[i * n + j] = cut;
      odds[j * n + i] = cut;
    }
  }
  const groups: number[][] = Array.from({ length: n }, (_, i) => [i]);
  const alive = new Set(groups.keys());
  /** For each group the one that it likes best; -1 = it is alone. */
  const best = new Int32Array(n).fill(-1);
  const find = (i: number) => {
    best[i] = -1;
    for (const j of alive) {
      if (j !== i && (best[i] === -1 || at(i, j) > at(i, best[i] as number))) {
        best[i] = j;
      }
    }
  };
  const at = (i: number, j: number) => odds[i * n + j] as number;
  for (const i of alive) {
    find(i);
  }
  while (alive.size > 1) {
    let first = -1;
    for (const i of alive) {
      if (first === -1 || at(i, best[i] as number) > at(first, best[first] as number)) {
        first = i;
      }
    }
    const second = best[first] as number;
    if (at(first, second) <= least) {
      break;
    }
    merge(first, second);
  }
  return groups.filter((items) => items.length > 0);

  function merge(into: number, from: number): void {
    const [a, b] = [groups[into] as number[], groups[from] as number[]];
    alive.delete(from);
    for (const k of alive) {
      if (k !== into) {
        const mean = (at(into, k) * a.length + at(from, k) * b.length) / (a.length + b.length);
        odds[into * n + k] = mean;
        odds[k * n + into] = mean;
      }
    }
    groups[into] = [...a, ...b].sort((x, y) => x - y);
    groups[from] = [];
    find(into);
    for (const k of alive) {
      if (best[k] === from || best[k] === into) {
        find(k);
      } else if (k !== into && at(k, into) > at(k, best[k] as number)) {
        best[k] = into;
      }
    }
  }
}
