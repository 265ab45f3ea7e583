// How far the derived indexes are, for people.
import type { OpenDense } from '../open-semantic.js';
import type { ChunkSource, LexicalIndex, VectorSource } from '../ports.js';

export interface IndexStatus {
  name: string;
  /** What answers: "FTS5 in lexical.sqlite", "chroma (embedded)", "exact scan". */
  kind: string;
  count: number;
  /** Revisions that the store is ahead by; 0 = caught up. */
  behind: number;
}

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
  semantic: { readonly dense?: OpenDense | undefined; refresh(): Promise<void> },
): Promise<IndexStatus[]> {
  await semantic.refresh();
  const { dense } = semantic;
  const latest = await chunks.latestRevision();
  const words = { name: 'lexical', kind: 'FTS5 in lexical.sqlite', count: await lexical.count() };
  const behind = latest - (await lexical.revision());
  return [{ ...words, behind }, ...(dense ? [await denseStatus(dense, vectors, latest)] : [])];
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
