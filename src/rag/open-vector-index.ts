// The vector index that is searched: Chroma, or an exact scan that stands in for it while no Chroma answers. One that
// is missing at the start, lost later or emptied is looked for again and again; when it is back and has all that the
// store has, it takes over. Which collection answers is a row in the store, which every replica follows.
import { describeError, isBotError } from '../errors.js';
import type { Log } from '../log.js';
import { told } from './index/told.js';
import type { FoundChroma } from './open-chroma.js';
import type { ChromaCollections, CollectionsStore } from './open-collections.js';
import { openStandIn, STAND_IN, type StandInStore } from './open-stand-in.js';
import type { Embedder, VectorIndex, VectorSource } from './ports.js';

export interface NamedIndex {
  index: VectorIndex;
  /** The index's name in the store: another place or model is another index. */
  name: string;
  /** How far it is, where the store does not know: an index in memory is its process's own. */
  applied?: Pick<VectorSource, 'appliedRevision' | 'setAppliedRevision'> | undefined;
}

export interface VectorIndexDeps {
  log: Log;
  store: () => Promise<CollectionsStore & StandInStore>;
  /** Gives the collections of a Chroma. */
  collectionsOf(chroma: FoundChroma): Promise<ChromaCollections>;
  /** Brings an index up to what the store has, before it takes over from a stand-in. False = another replica does. */
  fill(index: NamedIndex): Promise<boolean>;
}

export interface KeptIndex {
  /** The one that answers now. */
  current(): NamedIndex;
  /** Whether Chroma is there and lacks what it had: it is being filled again. */
  isLost(): boolean;
  /** Those of the Chroma that answers; undefined = an exact scan does. */
  collections(): ChromaCollections | undefined;
  /** Goes over to the collection that the store names, when that is another one. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 10_000;

/** `found` = the Chroma that answered at first; `find` looks for it again, and is absent where none is wanted. */
export async function keepVectorIndex(
  deps: VectorIndexDeps,
  { key, dimension }: Pick<Embedder, 'key' | 'dimension'>,
  {
    find,
    found,
    lookEveryMs = LOOK_EVERY_MS,
  }: {
    found: FoundChroma | undefined;
    find?: (() => Promise<FoundChroma | undefined>) | undefined;
    lookEveryMs?: number | undefined;
  },
): Promise<KeptIndex> {
  const { collectionsOf, fill, log } = deps;
  let server = found;
  let collections = server && (await collectionsOf(server));
  let isWell = true;
  let isLost = false;
  let isClosed = false;
  let isChanging = false;

  async function openCurrent(from: ChromaCollections): Promise<NamedIndex> {
    const { index, name } = await from.open();
    return { name, index: told(index, notice) };
  }
  const openOther = async () => openStandIn(await deps.store(), { key, dimension, chroma: collections });

  function tellLost({ index }: NamedIndex): void {
    isLost = true;
    log.warn(
      { kind: index.kind },
      'chroma lost its collection: an exact scan stands in while it is filled again',
    );
  }

  async function openFirst(): Promise<NamedIndex> {
    try {
      const opened = collections && (await openCurrent(collections));
      if (opened && !(await collections?.isLost(opened))) {
        return opened;
      }
      if (opened) {
        tellLost(opened);
      }
    } catch (error) {
      log.warn({ why: describeError(error) }, 'chroma failed, exact scan stands in');
    }
    return openOther();
  }
  let current = await openFirst();
  const isStandIn = () => current.index.kind === STAND_IN;

  /** Told by every search and change. */
  function notice(error: unknown): void {
    isWell = error === undefined;
    if (isBotError(error, 'chroma_collection_lost') && !isStandIn()) {
      alone(lose);
    }
  }

  /** One thing at a time; what fails is tried again by the timer. */
  function alone(change: () => Promise<void>): void {
    if (isChanging || isClosed) {
      return;
    }
    isChanging = true;
    change()
      .catch((error: unknown) => log.debug({ why: describeError(error) }, 'chroma does not answer yet'))
      .finally(() => {
        isChanging = false;
      });
  }

  async function swap(next: NamedIndex): Promise<void> {
    const former = current;
    current = next;
    await (isClosed ? next : former).index.close();
  }

  /** The collection that answered is gone: another one does, or Chroma was emptied. */
  async function lose(): Promise<void> {
    if (collections && !(await collections.isCurrent(current))) {
      await swap(await openCurrent(collections));
      return;
    }
    tellLost(current);
    await swap(await openOther());
    await look();
  }

  async function look(): Promise<void> {
    const chroma = await find?.();
    if (!chroma || isClosed) {
      await chroma?.stop();
      return;
    }
    if (chroma.url !== server?.url || !collections) {
      // What was adopted and died, or was another process's, is not ours to end.
      server = chroma;
      collections = await collectionsOf(chroma);
    }
    const opened = await openCurrent(collections);
    if (!(await fill(opened))) {
      return;
    }
    await swap(opened);
    isWell = true;
    isLost = false;
    log.warn({ kind: opened.index.kind }, 'chroma answers again');
  }

  const timer = setInterval(() => {
    if (find && !(isWell && !isStandIn())) {
      alone(look);
    }
  }, lookEveryMs);
  timer.unref();
  if (isStandIn() && find && server) {
    alone(look);
  }

  return {
    current: () => current,
    isLost: () => isLost,
    collections: () => (isStandIn() ? undefined : collections),
    async refresh() {
      if (!isStandIn() && !isChanging && collections && !(await collections.isCurrent(current))) {
        await openCurrent(collections).then(swap, () => {
          isWell = false;
        });
      }
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await current.index.close();
      await server?.stop();
    },
  };
}
