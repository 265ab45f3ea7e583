// Keeps the vector index at what the store has. Of several replicas on one Chroma one at a time fills a collection, so
// that nothing is embedded twice; an index in memory is filled by its own process. A rebuild fills a collection beside
// the one that answers, whoever began it, and lets it answer when it has everything.
import type { ChromaCollections } from '../open-collections.js';
import type { OpenDense } from '../open-semantic.js';
import type { Alone, ChunkSource, VectorSource } from '../ports.js';
import { catchUpDense, type DenseDeps, type IndexWork, rebuildDense } from './catch-up.js';

export interface FollowDeps {
  chunks: ChunkSource;
  vectors: VectorSource;
  semantic: {
    readonly dense?: OpenDense | undefined;
    /** Absent = an index in memory answers. */
    readonly collections?: ChromaCollections | undefined;
    /** Goes over to the collection that the store names. */
    refresh(): Promise<void>;
  };
  alone: Alone;
}

export interface DenseFollower {
  bring(work?: IndexWork): Promise<void>;
  rebuild(work?: IndexWork): Promise<void>;
}

/** Batches of a rebuild after which the index that answers is brought up to date, too. */
const BETWEEN = 50;
const ASK_AGAIN_MS = 500;
const NEVER = new AbortController().signal;

/** The claim of whoever fills the index of that name. */
export const fillClaim = (name: string) => `fill ${name}`;

/** Where there are no other processes. */
export const byOneself: Alone = async (_, signal, work) => ({ result: await work(signal) });

export function createDenseFollower({ alone, chunks, semantic, vectors }: FollowDeps): DenseFollower {
  const stored = { chunks, vectors };

  async function held(name: string, work: IndexWork, fill: (signal: AbortSignal) => Promise<unknown>) {
    const { isPatient = false, signal = NEVER } = work;
    while (!(await alone(fillClaim(name), signal, fill)) && isPatient) {
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }

  const fill = (dense: OpenDense, work: IndexWork) =>
    held(dense.name, work, (signal) =>
      catchUpDense({ ...stored, ...dense }, signal, work.onProgress?.('semantic index')),
    );

  /** `current` goes on answering, so it must not fall behind while the other one is filled. */
  async function fillNext(current: OpenDense, collections: ChromaCollections, work: IndexWork) {
    const next = await collections.next();
    if (!next) {
      return;
    }
    let batches = 0;
    const following: DenseDeps['applied'] = {
      ...vectors,
      async setAppliedRevision(name, revision) {
        await vectors.setAppliedRevision(name, revision);
        batches += 1;
        if (batches % BETWEEN === 0) {
          await fill(current, {});
        }
      },
    };
    await held(next.name, work, async (signal) => {
      const filled = { ...stored, ...next, embedder: current.embedder };
      const tell = work.onProgress?.('semantic index, rebuilt');
      await catchUpDense({ ...filled, vectors: { ...vectors, ...following } }, signal, tell);
      await collections.finish(next);
    });
  }

  async function bring(work: IndexWork = {}): Promise<void> {
    await semantic.refresh();
    const { collections, dense } = semantic;
    if (!dense) {
      return;
    }
    if (!collections) {
      await catchUpDense({ ...stored, ...dense }, work.signal, work.onProgress?.('semantic index'));
      return;
    }
    await fill(dense, work);
    await fillNext(dense, collections, work);
    await semantic.refresh();
    await collections.sweep();
  }

  return {
    bring,
    async rebuild(work = {}) {
      const { collections, dense } = semantic;
      if (dense && !collections) {
        await rebuildDense({ ...stored, ...dense }, work.signal, work.onProgress?.('semantic index'));
      }
      if (collections) {
        await collections.begin();
        await bring(work);
      }
    },
  };
}
