// The bar of clustering: node bench/digest-stories.mjs PAIRS.json DATA_DIR …    F1 of labelled pairs that the program's own
// clustering of a whole collection puts into one story. PAIRS.json names articles as the kit does.
import { clusterStories } from '#src/digests/cluster-stories.js';
import { pairScores, readPairs, readStore } from './digest-data.mjs';

const [file, ...dirs] = process.argv.slice(2);
const rows = [];
for (const dir of dirs) {
  const { articles, idOf, rarity, readings, stories } = await readStore(dir);
  const rarities = new Map(readings.flatMap(({ names }) => names.map((name) => [name, rarity(name)])));
  const copies = [...new Set(stories.values())].map(({ articleIds }) => articleIds);
  const start = performance.now();
  const clusters = clusterStories({ readings, rarities, copies });
  const seconds = (performance.now() - start) / 1000;
  console.log(`${dir}: ${articles.length} articles, ${clusters.length} stories, ${seconds.toFixed(2)} s`);
  const storyOf = new Map(clusters.flatMap(({ articleIds }, story) => articleIds.map((id) => [id, story])));
  for (const { a, b, ...pair } of readPairs(file)) {
    const [one, other] = [idOf.get(a), idOf.get(b)];
    if (one && other) {
      rows.push({ ...pair, a, b, found: storyOf.get(one) === storyOf.get(other) });
    }
  }
}
console.log(pairScores(rows));
for (const { a, b, same } of rows.filter((row) => row.found !== row.same)) {
  console.log(same ? '  missed' : '  wrongly together', a, b);
}
