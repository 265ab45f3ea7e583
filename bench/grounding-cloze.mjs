// Natural examples for the grounding check: what the opening of an article says again of what its body tells. Nobody
// wrote them for this, and each of their facts belongs where it stands.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { splitSentences } from '#src/rag/evidence/sentences.js';
import { openStore } from '#src/store/open-store.js';

const SAMPLE_NEWS = new URL('../config/sample-news/', import.meta.url);
/** Sentences of a body that are read at most. */
const MOST = 14;
/** Articles of a store that are read at most. */
const MOST_ARTICLES = 350;

/** Openings of the sample news, each as a right sentence with the rest of its article as passage. */
export function sampleOpenings() {
  return readdirSync(SAMPLE_NEWS).flatMap((name) => {
    const { articles, title: publisher } = parse(readFileSync(new URL(name, SAMPLE_NEWS), 'utf8'));
    return articles.flatMap(({ paragraphs, publishedAt, title }) =>
      openingsOf(title, publisher, publishedAt, paragraphs.join('\n')),
    );
  });
}

/** Openings of a store's articles. */
export async function storeOpenings(dataDir) {
  const store = await openStore(dataDir);
  const texts = new Map();
  let batch = await store.chunks.changesAfter(0, 500);
  while (batch) {
    const passages = await store.chunks.passages(batch.puts.map(({ id }) => id));
    for (const { articleId, publishedAt, publisher, text, title, url } of passages) {
      const key = articleId ?? url;
      const known = texts.get(key) ?? { title, publisher, publishedAt, parts: [] };
      known.parts.push(text);
      texts.set(key, known);
    }
    batch = await store.chunks.changesAfter(batch.revision, 500);
  }
  await store.close();
  const all = [...texts.values()];
  const step = Math.max(1, Math.ceil(all.length / MOST_ARTICLES));
  return all
    .filter((_, i) => i % step === 0)
    .flatMap(({ parts, publishedAt, publisher, title }) =>
      openingsOf(title, publisher, publishedAt, parts.join('\n')),
    );
}

function openingsOf(title, publisher, publishedAt, text) {
  const [first, second, ...rest] = splitSentences(text)
    .map((one) => one.trim())
    .filter((one) => one.length > 20);
  if (!first || rest.length < 3) {
    return [];
  }
  const body = rest.slice(0, MOST);
  const base = { title: '', key: title, publisher, publishedAt: publishedAt ?? undefined, supported: true };
  return [
    { ...base, id: `${title}~0`, sentence: first, passage: [second, ...body].join(' ') },
    { ...base, id: `${title}~1`, sentence: `${title}.`, passage: [first, second, ...body].join(' ') },
  ];
}
