// The exact scan that stands in for Chroma: all stored vectors in this process's memory. How far it is, is this
// process's own affair; in the store stands up to where all chunks have vectors, for whoever opens one next.
import { type ChromaCollections, collectionOf } from './open-collections.js';
import type { NamedIndex } from './open-vector-index.js';
import type { Embedder, VectorSource } from './ports.js';

export const STAND_IN = 'exact scan';

export interface StandInStore {
  vectors: Pick<VectorSource, 'allVectors' | 'appliedRevision' | 'setAppliedRevision'>;
}

export async function openStandIn(
  { vectors }: StandInStore,
  {
    chroma,
    dimension,
    key,
  }: Pick<Embedder, 'key' | 'dimension'> & { chroma?: ChromaCollections | undefined },
): Promise<NamedIndex> {
  const { openExactIndex } = await import('./adapters/exact.js');
  const name = `exact ${collectionOf(key)}`;
  // Asked for before they are read: what comes in between is applied once more. What Chroma has, has its vectors here.
  const known = [name, await chroma?.name()].filter((one) => one !== undefined);
  const revisions = await Promise.all(known.map((one) => vectors.appliedRevision(one)));
  let revision = Math.max(...revisions);
  return {
    name,
    index: await openExactIndex(vectors.allVectors(key), dimension),
    applied: {
      appliedRevision: async () => revision,
      async setAppliedRevision(_, applied) {
        revision = applied;
        await vectors.setAppliedRevision(name, applied);
      },
    },
  };
}
