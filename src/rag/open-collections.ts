// The collections of one Chroma and one embedding model, as the store names them: opened, filled beside each other,
// removed. What is where is decided in index/collections.ts.
import { randomUUID } from 'node:crypto';
import { openChroma, removeCollection } from './adapters/chroma.js';
import { createCollectionsRow, type Switches } from './index/collections.js';
import type { FoundChroma } from './open-chroma.js';
import type { NamedIndex } from './open-vector-index.js';
import type { ChunkSource, VectorSource } from './ports.js';

export interface CollectionsStore {
  chunks: Pick<ChunkSource, 'countChunks'>;
  vectors: Pick<VectorSource, 'appliedRevision' | 'setAppliedRevision'>;
  switches: Switches;
}

export interface ChromaCollections {
  /** Opens the one that answers. */
  open(): Promise<NamedIndex>;
  /** Its name in the store. */
  name(): Promise<string>;
  /** Whether the store still names it. */
  isCurrent(index: NamedIndex): Promise<boolean>;
  /** Whether what it had is gone: the server was emptied. */
  isLost(index: NamedIndex): Promise<boolean>;
  /** Begins a rebuild, or joins the one that is under way. */
  begin(): Promise<void>;
  /** The one that a rebuild fills; undefined = there is no rebuild. */
  next(): Promise<NamedIndex | undefined>;
  isRebuilding(): Promise<boolean>;
  /** Lets it answer, in all replicas. */
  finish(index: NamedIndex): Promise<void>;
  /** Removes those that no replica uses any more. */
  sweep(): Promise<void>;
}

/** `place` tells this Chroma from others that processes on the same store may have. `key` is the embedding model's. */
export function createCollections(
  { chunks, switches, vectors }: CollectionsStore,
  chroma: FoundChroma,
  { key, now, place }: { key: string; place: string; now: () => Date },
): ChromaCollections {
  const base = collectionOf(key);
  const nameOf = (collection: string) => `${place} ${collection}`;
  const collectionIn = (name: string) => name.slice(place.length + 1);
  const make = () => `${base}-${randomUUID().slice(0, 8)}`;
  const row = createCollectionsRow(switches, `collections ${nameOf(base)}`, {
    // One that was filled before there were rows is used on; another store's of the same name never is.
    first: async () => ((await vectors.appliedRevision(nameOf(base))) > 0 ? base : make()),
    ...{ make, now },
  });

  async function openOne(collection: string): Promise<NamedIndex> {
    return { index: await openChroma({ ...chroma, collection }), name: nameOf(collection) };
  }

  return {
    open: async () => openOne((await row.read()).current),
    name: async () => nameOf((await row.read()).current),
    isCurrent: async ({ name }) => name === nameOf((await row.read()).current),

    async isLost({ index, name }) {
      const hadSome = (await vectors.appliedRevision(name)) > 0;
      return hadSome && (await index.count()) === 0 && (await chunks.countChunks()) > 0;
    },

    async begin() {
      await row.begin();
    },

    async next() {
      const { next } = await row.read();
      return next === undefined ? undefined : openOne(next);
    },

    isRebuilding: async () => (await row.read()).next !== undefined,

    async finish({ name }) {
      await row.finish(collectionIn(name));
    },

    async sweep() {
      const outdated = await row.outdated();
      for (const collection of outdated) {
        await removeCollection({ ...chroma, collection });
        await vectors.setAppliedRevision(nameOf(collection), 0);
      }
      if (outdated.length > 0) {
        await row.forget(outdated);
      }
    },
  };
}

/** Named by model and dimension: another model is another collection. */
export function collectionOf(key: string): string {
  return `third-umpire-${key}`.replace(/[^\w.-]/g, '-');
}
