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
  const behind = latest - (await vectors.appliedRevision(dense.name));
  return {
    name: `semantic (${dense.embedder.key})`,
    kind: dense.index.kind,
    count: await dense.index.count(),
    behind,
  };
}
