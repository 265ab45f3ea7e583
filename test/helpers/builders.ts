// Valid objects of the domain, so that a test names only what it is about.
import { createHash } from 'node:crypto';
import type { Article, Chunk, Passage } from '#src/domain.js';
import { stems, words } from '#src/rag/understand/terms.js';
import type { Query } from '#src/rag/understand/understand.js';

/** An article of `example.com`; the id follows from the canonical address, as in the program. */
export function anArticle(parts: Partial<Article> = {}): Article {
  const canonicalUrl = parts.canonicalUrl ?? parts.url ?? 'https://example.com/final';
  return {
    id: createHash('sha256').update(canonicalUrl).digest('hex').slice(0, 16),
    canonicalUrl,
    url: canonicalUrl,
    title: 'Harbour win the final',
    publisher: 'Example Cricket',
    publishedAt: '2023-12-19T10:00:00.000Z',
    text: 'Harbour won the final by six wickets. Mara Quill made 71.',
    origin: 'page',
    ...parts,
  };
}

/** A chunk; its id follows from article, ordinal and content, as in the program. */
export function aChunk(parts: Partial<Chunk> = {}): Chunk {
  const { articleId = 'a', header = '', ordinal = 0, text = 'Harbour won the final.' } = parts;
  const hash = createHash('sha256').update(`${header}\n${text}`).digest('hex').slice(0, 8);
  return { id: `${articleId}:${ordinal}:${hash}`, articleId, ordinal, header, text, ...parts };
}

export function aPassage(parts: Partial<Passage> = {}): Passage {
  const chunk = aChunk(parts);
  return {
    ...chunk,
    title: 'Harbour win the final',
    url: `https://example.com/${chunk.articleId}`,
    publisher: 'Example Cricket',
    publishedAt: '2023-12-19T10:00:00.000Z',
    score: 1,
    ...parts,
  };
}

/** A question that has been understood: each stem with its weight. */
export function aQuery(parts: Omit<Partial<Query>, 'weights'> & { weights?: Record<string, number> }): Query {
  const { weights = {}, ...rest } = parts;
  return {
    text: Object.keys(weights).join(' '),
    spelledOut: rest.text ?? Object.keys(weights).join(' '),
    terms: Object.keys(weights),
    equivalents: new Map(),
    weights: new Map(Object.entries(weights)),
    said: new Set(),
    answerType: 'other',
    publishers: [],
    windows: [],
    latest: undefined,
    entities: [],
    namesSomebody: false,
    sides: [],
    language: 'en',
    parts: [],
    ...rest,
  };
}

/** A question as an index would understand it in which all its telling words are equally rare. */
export function aQuestion(text: string): Query {
  const weights = Object.fromEntries(stems(text).map((stem) => [stem, 4]));
  return { ...aQuery({ text, weights }), said: new Set(words(text)) };
}
