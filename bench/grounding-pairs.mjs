// Reads files of right and changed sentences. Two shapes: `pairs`, each sentence with its passage, and `sources`, each
// passage with its twins, where `article` is a slug of the sample news.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const SAMPLE_NEWS = new URL('../config/sample-news/', import.meta.url);

/** Sentences of all files, each with the moment of its answer. */
export function readPairs(files) {
  return files.flatMap((file) => {
    const { now, pairs, sources = [] } = parse(readFileSync(file, 'utf8'));
    const told = pairs ?? sources.flatMap((source, i) => twinsOf(source, i + 1));
    return told.map((pair) => ({ ...pair, file, now }));
  });
}

/** The cited source of a pair. */
export function sourceOf({ passage, publishedAt, publisher, title }) {
  const written = new Date(publishedAt).toISOString();
  return { passage: { title, publisher, text: passage, publishedAt: written }, context: passage };
}

function twinsOf({ article, pairs, ...inline }, number) {
  const source = article ? sampleArticle(article) : inline;
  return pairs.flatMap(({ changed, hard, right, wrong }, i) => {
    const id = `own-${number}.${i + 1}`;
    return [
      { ...source, id: `${id}a`, sentence: right, supported: true },
      { ...source, id: `${id}b`, sentence: wrong, supported: false, changed, hard },
    ];
  });
}

function sampleArticle(slug) {
  const publishers = readdirSync(SAMPLE_NEWS).map((name) =>
    parse(readFileSync(new URL(name, SAMPLE_NEWS), 'utf8')),
  );
  const found = publishers.flatMap(({ articles, title }) =>
    articles
      .filter((one) => one.slug === slug)
      .map(({ list = [], paragraphs, publishedAt, table = [], title: headline }) => ({
        title: headline,
        publisher: title,
        publishedAt,
        passage: [...paragraphs, ...list, ...table.map((row) => `${row.join(': ')}.`)].join('\n'),
      })),
  );
  if (!found[0]) {
    throw new Error(`No article ${slug} in the sample news.`);
  }
  return found[0];
}
