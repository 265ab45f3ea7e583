// Opens semantic search: an embedder and a vector index. Three things may be missing (weights, network,
// Chroma); each has a stand-in that is said in one line: no weights = words alone, no Chroma = exact scan.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { OnProgress } from '../domain.js';
import { isBotError } from '../errors.js';
import type { Log } from '../log.js';
import { EMBEDDING_MODELS, missingFile } from './adapters/embedding-models.js';
import type { Proxies } from './adapters/http-agent.js';
import type { Embedder, VectorIndex, VectorSource } from './ports.js';

export interface SemanticSettings {
  /** A preset's name, a folder, or "none". */
  model: string;
  threads: number;
  /** Whether missing weights of a preset may be fetched now, and from which hub. */
  download: boolean;
  hub: string;
  proxies?: Proxies | undefined;
  onDownload?: OnProgress | undefined;
  chroma: {
    mode: 'auto' | 'exact';
    url?: string | undefined;
    apiKey?: string | undefined;
    startTimeoutMs: number;
  };
}

export interface OpenDense {
  embedder: Embedder;
  index: VectorIndex;
  /** The index's name in the store: another place or model is another index. */
  name: string;
}

export interface Semantic {
  /** Absent = semantic search is off. */
  dense?: OpenDense | undefined;
  /** One line on what is off or stands in; absent = all is as configured. */
  notice?: string | undefined;
  close(): Promise<void>;
}

export interface SemanticDeps {
  log: Log;
  /** Asked only when an exact scan must stand in for Chroma. */
  vectors: () => Promise<Pick<VectorSource, 'allVectors'>>;
}

/** Errors: `model_missing`, `model_broken`, `model_unknown` (a wrong setting is told, not worked around). */
export async function openSemanticSearch(
  deps: SemanticDeps,
  dataDir: string,
  settings: SemanticSettings,
): Promise<Semantic> {
  const off = (why: string): Semantic => ({
    notice: `semantic search is off: ${why}`,
    close: async () => {},
  });
  if (settings.model === 'none') {
    return off('the embedding model is "none"; answers come from matching words');
  }
  const folder = await modelFolder(dataDir, settings);
  if ('missing' in folder) {
    return off(folder.missing);
  }
  const { embeddingKey, openEmbedder } = await import('./adapters/embedder.js');
  // Both take their time, so both start at once; a failed embedder must not leave a server behind.
  const finding = findChroma(deps.log, dataDir, settings);
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
  const opened = await openIndex(deps, embedder.value, chroma);
  const standIn = settings.chroma.mode === 'auto' && opened.index.kind === 'exact scan';
  return {
    dense: { embedder: embedder.value, ...opened },
    notice: standIn ? `${whyNoChroma(settings)}: an exact scan stands in for it` : undefined,
    async close() {
      await Promise.all([embedder.value.close(), opened.index.close()]);
      await chroma?.stop();
    },
  };
}

function whyNoChroma({ chroma }: SemanticSettings): string {
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

interface FoundChroma {
  url: string;
  apiKey?: string | undefined;
  kind: string;
  stop(): Promise<void>;
}

async function findChroma(
  log: Log,
  dataDir: string,
  { chroma }: SemanticSettings,
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
async function warmUp(
  chroma: FoundChroma | undefined,
  key: Pick<Embedder, 'key' | 'dimension'> | undefined,
): Promise<void> {
  if (!chroma || !key) {
    return;
  }
  const { openChroma } = await import('./adapters/chroma.js');
  const { apiKey, kind, url } = chroma;
  const index = await openChroma({ url, apiKey, kind, collection: collectionOf(key.key) });
  await index.nearest(new Float32Array(key.dimension).fill(1 / Math.sqrt(key.dimension)), 1);
}

/** Named by model and dimension: another model is another collection. */
function collectionOf(key: string): string {
  return `third-umpire-${key}`.replace(/[^\w.-]/g, '-');
}

async function openIndex(
  { log, vectors }: SemanticDeps,
  embedder: Embedder,
  chroma: FoundChroma | undefined,
): Promise<{ index: VectorIndex; name: string }> {
  const collection = collectionOf(embedder.key);
  if (chroma) {
    try {
      const { openChroma } = await import('./adapters/chroma.js');
      const { apiKey, kind, url } = chroma;
      return { index: await openChroma({ url, apiKey, kind, collection }), name: `${kind} ${collection}` };
    } catch (error) {
      log.warn({ err: error }, 'chroma failed, exact scan stands in');
    }
  }
  const { openExactIndex } = await import('./adapters/exact.js');
  const stored = (await vectors()).allVectors(embedder.key);
  const index = await openExactIndex(stored, embedder.dimension);
  return { index, name: `exact ${collection}` };
}
