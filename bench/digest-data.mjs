// Articles of an ingested store as the clustering sees them, for fitting and measuring it.
import { readFileSync } from 'node:fs';
import { loadCricketNames } from '#src/cricket.js';
import { readArticle } from '#src/digests/read-article.js';
import { openLexicalIndex } from '#src/rag/adapters/lexical.js';
import { openStore } from '#src/store/open-store.js';

/** Readings of all articles of a data folder, the articles themselves, their copies, the rarity of names, and their ids by the kit's names. */
export async function readStore(dataDir) {
  const store = await openStore(dataDir);
  const lexical = await openLexicalIndex(`${dataDir}/lexical.sqlite`, JSON.stringify(loadCricketNames()));
  const articles = [];
  for await (const article of store.articles.all()) {
    articles.push(article);
  }
  const readings = articles.map(readArticle);
  const words = [...new Set(readings.flatMap(({ names }) => names))];
  const { counts, total } = await lexical.frequencies(words);
  const rarities = new Map(words.map((word, i) => [word, Math.log(1 + (total + 0.5) / (counts[i] + 0.5))]));
  const stories = await store.stories.of(articles.map(({ id }) => id));
  await lexical.close();
  await store.close();
  const idOf = new Map(
    articles.map(({ id, url }) => [
      new URL(url).pathname
        .slice(1)
        .replace(/\.html$/, '')
        .replaceAll('/', '-'),
      id,
    ]),
  );
  return { articles, readings, rarity: (word) => rarities.get(word), stories, idOf };
}

/** Labelled pairs: `a` and `b` are the kit's names of articles, `same` = they tell of one event. */
export function readPairs(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** How well pairs were `found` to be the `same`, in a line. */
export function pairScores(rows) {
  const count = (test) => rows.filter(test).length;
  const right = count(({ found, same }) => found && same);
  const precision =
    right /
    Math.max(
      1,
      count(({ found }) => found),
    );
  const recall =
    right /
    Math.max(
      1,
      count(({ same }) => same),
    );
  const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall);
  return `${rows.length} pairs, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`;
}
