// How far the derived indexes are, for people.
import type { OpenDense } from '../open-semantic.js';
import type { VectorSource } from '../ports.js';

export interface IndexStatus {
  name: string;
  /** What answers: "FTS5 in lexical.sqlite", "chroma (embedded)", "exact scan". */
  kind: string;
  count: number;
  /** Revisions that the store is ahead by; 0 = caught up. */
  behind: number;
}

/** Of the vector index; `latest` is the store's newest revision. */
export async function denseStatus(
  dense: OpenDense,
  vectors: VectorSource,
  latest: number,
): Promise<IndexStatus> {
  const { embedder, index, name } = dense;
  const behind = latest - (await vectors.appliedRevision(name));
  const count = await index.count().catch(() => undefined);
  return {
    name: `semantic (${embedder.key})`,
    kind: count === undefined ? `${index.kind}, which does not answer` : index.kind,
    count: count ?? 0,
    behind,
  };
}
