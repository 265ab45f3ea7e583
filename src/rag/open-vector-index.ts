// The vector index that is searched: Chroma, or an exact scan that stands in for it while no Chroma answers. One that
// is missing at the start or lost later is looked for again and again; when it is back and has all that the store has,
// it takes over.
import path from 'node:path';
import { describeError } from '../errors.js';
import type { Log } from '../log.js';
import type { Embedder, VectorIndex, VectorSource } from './ports.js';

export interface ChromaSettings {
  mode: 'auto' | 'exact';
  url?: string | undefined;
  apiKey?: string | undefined;
  startTimeoutMs: number;
  /** Between two looks for a Chroma that is missing; absent = 10 s. */
  lookEveryMs?: number | undefined;
}

export interface NamedIndex {
  index: VectorIndex;
  /** The index's name in the store: another place or model is another index. */
  name: string;
}

export interface VectorIndexDeps {
  log: Log;
  /** Asked only when an exact scan must stand in for Chroma. */
  vectors: () => Promise<Pick<VectorSource, 'allVectors'>>;
  /** Brings an index up to what the store has, before it takes over from a stand-in. */
  fill(index: NamedIndex): Promise<void>;
}

export interface KeptIndex {
  /** The one that answers now. */
  current(): NamedIndex;
  close(): Promise<void>;
}

export interface FoundChroma {
  url: string;
  apiKey?: string | undefined;
  kind: string;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 10_000;
export const STAND_IN = 'exact scan';

/** Chroma where the settings say, or its own server in the data folder; undefined = none is wanted. Error: `chroma_unusable`. */
export async function findChroma(
  log: Log,
  dataDir: string,
  chroma: ChromaSettings,
): Promise<FoundChroma | undefined> {
  if (chroma.mode === 'exact') {
    return undefined;
  }
  if (chroma.url) {
    return { url: chroma.url, apiKey: chroma.apiKey, kind: `chroma at ${chroma.url}`, stop: async () => {} };
  }
  const { startChroma } = await import('./adapters/chroma-server.js');
  const folder = path.join(dataDir, 'chroma');
  const server = await startChroma({ log }, { folder, startTimeoutMs: chroma.startTimeoutMs });
  return { url: server.url, kind: 'chroma (embedded)', stop: server.stop };
}

/** Chroma reads a collection from disk at its first query, which takes longer than the query; the model loads meanwhile. */
export async function warmUp(
  chroma: FoundChroma | undefined,
  key: Pick<Embedder, 'key' | 'dimension'> | undefined,
): Promise<void> {
  if (chroma && key) {
    const { index } = await openIn(chroma, key.key);
    await index.nearest(new Float32Array(key.dimension).fill(1 / Math.sqrt(key.dimension)), 1);
  }
}

/** `found` = the Chroma that answered at first; `find` looks for it again, and is absent where none is wanted. */
export async function keepVectorIndex(
  deps: VectorIndexDeps,
  embedder: Pick<Embedder, 'key' | 'dimension'>,
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
  const { fill, log } = deps;
  let server = found;
  let isWell = true;
  let isClosed = false;
  let isLooking = false;

  const ask = (chroma: FoundChroma) =>
    openIn(chroma, embedder.key).then(({ index, name }) => ({
      name,
      index: told(index, (isAnswering) => {
        isWell = isAnswering;
      }),
    }));

  async function openFirst(): Promise<NamedIndex> {
    try {
      return server ? await ask(server) : await openStandIn(deps, embedder);
    } catch (error) {
      log.warn({ why: describeError(error) }, 'chroma failed, exact scan stands in');
      return openStandIn(deps, embedder);
    }
  }
  let current = await openFirst();

  async function look(): Promise<void> {
    const chroma = await find?.();
    if (!chroma || isClosed) {
      await chroma?.stop();
      return;
    }
    if (chroma.url !== server?.url) {
      // What was adopted and died, or was another process's, is not ours to end.
      server = chroma;
    }
    const opened = await ask(chroma);
    await fill(opened);
    const former = current;
    current = opened;
    isWell = true;
    await former.index.close();
    log.warn({ kind: opened.index.kind }, 'chroma answers again');
  }

  const timer = setInterval(() => {
    if (!find || isLooking || (isWell && current.index.kind !== STAND_IN)) {
      return;
    }
    isLooking = true;
    look()
      .catch((error: unknown) => log.debug({ why: describeError(error) }, 'chroma does not answer yet'))
      .finally(() => {
        isLooking = false;
      });
  }, lookEveryMs);
  timer.unref();

  return {
    current: () => current,
    async close() {
      isClosed = true;
      clearInterval(timer);
      await current.index.close();
      await server?.stop();
    },
  };
}

/** Named by model and dimension: another model is another collection. */
function collectionOf(key: string): string {
  return `third-umpire-${key}`.replace(/[^\w.-]/g, '-');
}

async function openIn({ apiKey, kind, url }: FoundChroma, key: string): Promise<NamedIndex> {
  const { openChroma } = await import('./adapters/chroma.js');
  const collection = collectionOf(key);
  return { index: await openChroma({ url, apiKey, kind, collection }), name: `${kind} ${collection}` };
}

async function openStandIn(
  { vectors }: VectorIndexDeps,
  { dimension, key }: Pick<Embedder, 'key' | 'dimension'>,
): Promise<NamedIndex> {
  const { openExactIndex } = await import('./adapters/exact.js');
  const index = await openExactIndex((await vectors()).allVectors(key), dimension);
  return { index, name: `exact ${collectionOf(key)}` };
}

/** The same index, which tells after each search and each change whether it answered. */
function told(index: VectorIndex, tell: (isAnswering: boolean) => void): VectorIndex {
  const telling =
    <Arguments extends unknown[], Result>(run: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      try {
        const result = await run(...given);
        tell(true);
        return result;
      } catch (error) {
        tell(false);
        throw error;
      }
    };
  return {
    ...index,
    upsert: telling(index.upsert),
    remove: telling(index.remove),
    nearest: telling(index.nearest),
    count: telling(index.count),
  };
}
