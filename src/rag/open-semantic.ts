// Opens semantic search: an embedder and a vector index. Three things may be missing (weights, network,
// Chroma); each has a stand-in that is said in one line: no weights = words alone, no Chroma = exact scan.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { OnProgress } from '../domain.js';
import { isBotError } from '../errors.js';
import { EMBEDDING_MODELS, missingFile } from './adapters/embedding-models.js';
import type { Proxies } from './adapters/http-agent.js';
import {
  type ChromaSettings,
  findChroma,
  keepVectorIndex,
  type NamedIndex,
  STAND_IN,
  type VectorIndexDeps,
  warmUp,
} from './open-vector-index.js';
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
  close(): Promise<void>;
}

export interface SemanticDeps extends Pick<VectorIndexDeps, 'log' | 'vectors'> {
  /** Brings an index up to what the store has, before it takes over from a stand-in. */
  fill(dense: OpenDense): Promise<void>;
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
  const find = () => findChroma(deps.log, dataDir, settings.chroma);
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
    { ...deps, fill: (index) => deps.fill({ embedder: opened, ...index }) },
    opened,
    {
      found: chroma,
      find: settings.chroma.mode === 'auto' ? find : undefined,
      lookEveryMs: settings.chroma.lookEveryMs,
    },
  );
  return {
    get dense() {
      return { embedder: opened, ...kept.current() };
    },
    get notice() {
      const standsIn = settings.chroma.mode === 'auto' && kept.current().index.kind === STAND_IN;
      return standsIn ? `${whyNoChroma(settings)}: an exact scan stands in for it` : undefined;
    },
    async close() {
      await Promise.all([opened.close(), kept.close()]);
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
