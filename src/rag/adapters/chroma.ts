// Vectors in Chroma collections, at whatever address a server, a cluster or the Cloud answers. chromadb is loaded when
// it is needed: it takes a while.
import type { Collection } from 'chromadb';
import { BotError, describeError, isBotError } from '../../errors.js';
import type { VectorIndex } from '../ports.js';

export interface ChromaAddress {
  url: string;
  /** Sent as x-chroma-token; absent = the server asks for none. */
  apiKey?: string | undefined;
  /** Absent = the server's default ones; of the Cloud those that the key is for. */
  tenant?: string | undefined;
  database?: string | undefined;
  /** "chroma (embedded)" or "chroma at …". */
  kind: string;
}

export interface ChromaOptions extends ChromaAddress {
  collection: string;
}

/** Chroma takes 5,461 records at once; smaller requests keep its memory, and ours, small. The Cloud takes 300. */
const MOST_RECORDS = 300;
/** Recall@20 of 0.998 at 50,000 vectors; the default ef of 100 is marginal (measured). */
const HNSW = { space: 'cosine', ef_construction: 200, ef_search: 200, max_neighbors: 16 } as const;

/** A search that takes longer is given up: words alone answer then. */
const SEARCH_MS = 3000;
/** A change may wait for a large index to be written. */
const CHANGE_MS = 60_000;

/**
 * Opens a collection, which is made when it is absent. Errors of all functions: `chroma_unreachable`;
 * `chroma_collection_lost` once it was open (its server was emptied, or another process removed or reset it).
 */
export async function openChroma(options: ChromaOptions): Promise<VectorIndex> {
  const client = await connect(options);
  const open = () =>
    client.getOrCreateCollection({
      name: options.collection,
      embeddingFunction: null,
      configuration: { hnsw: HNSW },
    });
  const tell = reachable(options);
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
      await ifThere(tell(() => client.deleteCollection({ name: options.collection })));
      collection = await tell(open);
    },
    close: async () => {},
  };
}

/** Removes a collection, and is content when there is none of that name. Error: `chroma_unreachable`. */
export async function removeCollection(options: ChromaOptions): Promise<void> {
  const client = await connect(options);
  await ifThere(reachable(options)(() => client.deleteCollection({ name: options.collection })));
}

async function connect({ apiKey, database, tenant, url }: ChromaAddress) {
  const { ChromaClient } = await import('chromadb');
  const { hostname, port, protocol } = new URL(url);
  const ssl = protocol === 'https:';
  return new ChromaClient({
    ...{ host: hostname, port: Number(port) || (ssl ? 443 : 80), ssl },
    headers: apiKey ? { 'x-chroma-token': apiKey } : {},
    ...(tenant && { tenant }),
    ...(database && { database }),
  });
}

async function ifThere(removing: Promise<void>): Promise<void> {
  await removing.catch((error: unknown) => {
    if (!isBotError(error, 'chroma_collection_lost')) {
      throw error;
    }
  });
}

function reachable({ collection, url }: ChromaOptions) {
  return async <Result>(run: () => Promise<Result>, limitMs = CHANGE_MS): Promise<Result> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
    });
    try {
      return await Promise.race([run(), late]);
    } catch (error) {
      if (error instanceof Error && error.name === 'ChromaNotFoundError') {
        throw new BotError('chroma_collection_lost', `Chroma at ${url} has no collection ${collection}`, {
          cause: error,
        });
      }
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
