// How far the derived indexes are, for people.
import type { OpenDense, Semantic } from '../open-semantic.js';
import type { ChunkSource, LexicalIndex, VectorSource } from '../ports.js';

export interface IndexStatus {
  name: string;
  /** What answers: "FTS5 in lexical.sqlite", "chroma (embedded)", "exact scan". */
  kind: string;
  count: number;
  /** Revisions that the store is ahead by; 0 = caught up. */
  behind: number;
  /** Another one is filled beside it, and takes over when it has everything. */
  isBeingRebuilt?: boolean;
}

/** Whether there is something to do for whoever keeps the indexes. */
export const lacksSomething = ({ behind, isBeingRebuilt = false }: IndexStatus) =>
  behind !== 0 || isBeingRebuilt;

/** Of both indexes; without semantic search of the words' alone. */
export async function statusOf(
  {
    chunks,
    lexical,
    vectors,
  }: {
    chunks: Pick<ChunkSource, 'latestRevision'>;
    lexical: Pick<LexicalIndex, 'count' | 'revision'>;
    vectors: VectorSource;
  },
  semantic: Pick<Semantic, 'dense' | 'collections' | 'refresh'>,
): Promise<IndexStatus[]> {
  await semantic.refresh();
  const { collections, dense } = semantic;
  const rebuilt = (await collections?.isRebuilding()) ? { isBeingRebuilt: true } : {};
  const latest = await chunks.latestRevision();
  const words = { name: 'lexical', kind: 'FTS5 in lexical.sqlite', count: await lexical.count() };
  const behind = latest - (await lexical.revision());
  return [
    { ...words, behind },
    ...(dense ? [{ ...(await denseStatus(dense, vectors, latest)), ...rebuilt }] : []),
  ];
}

/** Of the vector index; `latest` is the store's newest revision. */
async function denseStatus(dense: OpenDense, vectors: VectorSource, latest: number): Promise<IndexStatus> {
  const { applied = vectors, embedder, index, name } = dense;
  const behind = latest - (await applied.appliedRevision(name));
  const count = await index.count().catch(() => undefined);
  return {
    name: `semantic (${embedder.key})`,
    kind: count === undefined ? `${index.kind}, which does not answer` : index.kind,
    count: count ?? 0,
    behind,
  };
}
