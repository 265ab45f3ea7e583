// Opens semantic search: an embedder and a vector index. Three things may be missing (weights, network,
// Chroma); each has a stand-in that is said in one line: no weights = words alone, no Chroma = exact scan.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { OnProgress } from '../domain.js';
import { isBotError } from '../errors.js';
import type { Log } from '../log.js';
import { EMBEDDING_MODELS, missingFile } from './adapters/embedding-models.js';
import type { Proxies } from './adapters/http-agent.js';
import { type ChromaSettings, type FoundChroma, findChroma, placeOf } from './open-chroma.js';
import { type ChromaCollections, type CollectionsStore, createCollections } from './open-collections.js';
import { STAND_IN, type StandInStore } from './open-stand-in.js';
import { keepVectorIndex, type NamedIndex } from './open-vector-index.js';
import type { Embedder } from './ports.js';

export interface SemanticSettings {
  /** A preset's name, a folder, or "none". */
  model: string;
  threads: number;
  /** Whether missing weights of a preset may be fetched now, and from which hub. */
  download: boolean;
  hub: string;
  proxies?: Proxies | undefined;
  onDownload?: OnProgress | undefined;
  chroma: ChromaSettings;
}

export interface OpenDense extends NamedIndex {
  embedder: Embedder;
}

export interface Semantic {
  /** What answers now; absent = semantic search is off. */
  readonly dense?: OpenDense | undefined;
  /** One line on what is off or stands in now; absent = all is as configured. */
  readonly notice?: string | undefined;
  /** Those of the Chroma that answers; absent = none does. */
  readonly collections?: ChromaCollections | undefined;
  /** Goes over to the collection that the store names, when that is another one. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

export interface SemanticDeps {
  log: Log;
  store: () => Promise<SemanticStore>;
  /** Brings an index up to what the store has, before it takes over. False = another replica does that. */
  fill(dense: OpenDense): Promise<boolean>;
  /** Absent = the machine's. */
  now?: () => Date;
}

export type SemanticStore = CollectionsStore & StandInStore & { isShared?: boolean | undefined };

/** Errors: `model_missing`, `model_broken`, `model_unknown` (a wrong setting is told, not worked around). */
export async function openSemanticSearch(
  deps: SemanticDeps,
  dataDir: string,
  settings: SemanticSettings,
): Promise<Semantic> {
  const off = (why: string): Semantic => ({
    notice: `semantic search is off: ${why}`,
    refresh: async () => {},
    close: async () => {},
  });
  if (settings.model === 'none') {
    return off('the embedding model is "none"; answers come from matching words');
  }
  const folder = await modelFolder(dataDir, settings);
  if ('missing' in folder) {
    return off(folder.missing);
  }
  const { now = () => new Date(), store } = deps;
  const { embeddingKey, openEmbedder } = await import('./adapters/embedder.js');
  // Both take their time, so both start at once; a failed embedder must not leave a server behind.
  const find = () => findChroma(deps.log, dataDir, settings.chroma);
  async function collectionsOf(chroma: FoundChroma, key: string): Promise<ChromaCollections> {
    const opened = await store();
    return createCollections(opened, chroma, { key, now, place: placeOf(chroma, opened.isShared ?? false) });
  }
  /** Chroma reads a collection from disk at its first query, which takes longer than the query; the model loads meanwhile. */
  async function warmUp(chroma?: FoundChroma, model?: Pick<Embedder, 'key' | 'dimension'>): Promise<void> {
    if (!chroma || !model) {
      return;
    }
    const { index } = await (await collectionsOf(chroma, model.key)).open();
    await index.nearest(new Float32Array(model.dimension).fill(1 / Math.sqrt(model.dimension)), 1);
  }
  const finding = find();
  const [embedder, server] = await Promise.allSettled([
    openEmbedder(folder.folder, { threads: settings.threads }),
    finding,
    finding.then((chroma) => warmUp(chroma, embeddingKey(folder.folder))),
  ]);
  const chroma = server.status === 'fulfilled' ? server.value : undefined;
  if (embedder.status === 'rejected') {
    await chroma?.stop();
    throw embedder.reason;
  }
  const opened = embedder.value;
  const kept = await keepVectorIndex(
    {
      log: deps.log,
      store,
      collectionsOf: (chroma) => collectionsOf(chroma, opened.key),
      fill: (index) => deps.fill({ embedder: opened, ...index }),
    },
    opened,
    {
      found: chroma,
      find: settings.chroma.mode === 'auto' ? find : undefined,
      lookEveryMs: settings.chroma.lookEveryMs,
    },
  ).catch(async (error: unknown) => {
    await Promise.all([opened.close(), chroma?.stop()]);
    throw error;
  });
  return {
    get dense() {
      return { embedder: opened, ...kept.current() };
    },
    get notice() {
      const standsIn = settings.chroma.mode === 'auto' && kept.current().index.kind === STAND_IN;
      return standsIn ? `${whyNoChroma(settings, kept.isLost())}: an exact scan stands in for it` : undefined;
    },
    get collections() {
      return kept.collections();
    },
    refresh: kept.refresh,
    async close() {
      await Promise.all([opened.close(), kept.close()]);
    },
  };
}

function whyNoChroma({ chroma }: SemanticSettings, isLost: boolean): string {
  if (isLost) {
    return `Chroma${chroma.url ? ` at ${chroma.url}` : ''} lost its collection and is filled again`;
  }
  return chroma.url ? `Chroma at ${chroma.url} does not answer` : 'no Chroma server can run here';
}

/** Where the model lies; a preset is fetched when that is allowed. */
async function modelFolder(
  dataDir: string,
  { download, hub, model, onDownload, proxies }: SemanticSettings,
): Promise<{ folder: string } | { missing: string }> {
  const isPreset = Object.hasOwn(EMBEDDING_MODELS, model);
  if (
    !isPreset &&
    (model.includes('/') || model.includes('\\') || model.startsWith('.') || existsSync(model))
  ) {
    return { folder: path.resolve(model) };
  }
  const cacheDir = path.join(dataDir, 'models');
  if (isPreset && !download && missingFile(path.join(cacheDir, model))) {
    return {
      missing: `${model} is not downloaded; "third-umpire ingest" fetches it (--embedding-model none stops this line)`,
    };
  }
  const { ensureModel } = await import('./adapters/model-download.js');
  try {
    return { folder: await ensureModel(model, { cacheDir, hub, proxies, onProgress: onDownload }) };
  } catch (error) {
    if (isBotError(error, 'model_unreachable') || isBotError(error, 'model_checksum')) {
      return { missing: error.message };
    }
    throw error;
  }
}
