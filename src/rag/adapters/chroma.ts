// Vectors in a Chroma collection, at whatever address a server answers. chromadb is loaded when it is needed:
// it takes a while.
import type { Collection } from 'chromadb';
import { BotError, describeError } from '../../errors.js';
import type { VectorIndex } from '../ports.js';

export interface ChromaOptions {
  url: string;
  apiKey?: string | undefined;
  /** Named by model and dimension: another model is another collection. */
  collection: string;
  /** "chroma (embedded)" or "chroma at …". */
  kind: string;
}

/** Chroma takes 5,461 records at once; smaller requests keep its memory, and ours, small. */
const MOST_RECORDS = 1000;
/** Recall@20 of 0.998 at 50,000 vectors; the default ef of 100 is marginal (measured). */
const HNSW = { space: 'cosine', ef_construction: 200, ef_search: 200, max_neighbors: 16 } as const;

/** A search that takes longer is given up: words alone answer then. */
const SEARCH_MS = 3000;
/** A change may wait for a large index to be written. */
const CHANGE_MS = 60_000;

/** Errors of all functions: `chroma_unreachable`. */
export async function openChroma(options: ChromaOptions): Promise<VectorIndex> {
  const { ChromaClient } = await import('chromadb');
  const { hostname, port, protocol } = new URL(options.url);
  const ssl = protocol === 'https:';
  const headers = options.apiKey ? { 'x-chroma-token': options.apiKey } : {};
  const client = new ChromaClient({ host: hostname, port: Number(port) || (ssl ? 443 : 80), ssl, headers });
  const open = () =>
    client.getOrCreateCollection({
      name: options.collection,
      embeddingFunction: null,
      configuration: { hnsw: HNSW },
    });
  const tell = reachable(options.url);
  let collection: Collection = await tell(open);

  return {
    kind: options.kind,
    async upsert(items) {
      for (let at = 0; at < items.length; at += MOST_RECORDS) {
        const part = items.slice(at, at + MOST_RECORDS);
        await tell(() =>
          collection.upsert({
            ids: part.map((item) => item.id),
            embeddings: part.map((item) => Array.from(item.vector)),
            documents: part.map((item) => item.document),
            metadatas: part.map(({ articleId, publishedAt }) => ({ articleId, publishedAt })),
          }),
        );
      }
    },
    async remove(ids) {
      for (let at = 0; at < ids.length; at += MOST_RECORDS) {
        await tell(() => collection.delete({ ids: ids.slice(at, at + MOST_RECORDS) }));
      }
    },
    async nearest(vector, limit) {
      const found = await tell(
        () =>
          collection.query({
            queryEmbeddings: [Array.from(vector)],
            nResults: limit,
            include: ['distances'],
          }),
        SEARCH_MS,
      );
      const distances = found.distances[0] ?? [];
      return (found.ids[0] ?? []).map((id, i) => ({ id, score: 1 - (distances[i] ?? 1) }));
    },
    count: () => tell(() => collection.count(), SEARCH_MS),
    async reset() {
      await tell(() => client.deleteCollection({ name: options.collection }));
      collection = await tell(open);
    },
    close: async () => {},
  };
}

function reachable(url: string) {
  return async <Result>(run: () => Promise<Result>, limitMs = CHANGE_MS): Promise<Result> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
    });
    try {
      return await Promise.race([run(), late]);
    } catch (error) {
      throw new BotError(
        'chroma_unreachable',
        `Chroma at ${url} failed: ${describeError(error)}; check that it runs`,
        {
          cause: error,
        },
      );
    } finally {
      clearTimeout(timer);
    }
  };
}
