// Opens semantic search: an embedder and a vector index. Three things may be missing (weights, network,
// Chroma); each has a stand-in that is said in one line: no weights = words alone, no Chroma = exact scan.
import path from 'node:path';
import { describeError, isBotError } from '../errors.js';
import type { Log } from '../log.js';
import type { Embedder, VectorIndex, VectorSource } from './ports.js';

export interface SemanticSettings {
  /** A preset's name, a folder, or "none". */
  model: string;
  threads: number;
  /** Whether missing weights of a preset may be fetched now. */
  download: boolean;
  onDownload?: ((progress: { done: number; total?: number | undefined }) => void) | undefined;
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
  /** The index's name in the store. */
  name: string;
}

export interface Semantic {
  dense?: OpenDense | undefined;
  notice?: string | undefined;
  close(): Promise<void>;
}

export async function openSemanticSearch(
  deps: { log: Log; vectors: VectorSource },
  dataDir: string,
  settings: SemanticSettings,
): Promise<Semantic> {
  if (settings.model === 'none') {
    return off('semantic search is off (embedding model "none"): answers come from matching words');
  }
  return off(`semantic search is off: ${dataDir} ${String(deps.log.level)} ${path.sep} ${describeError(isBotError(0))}`);
}

function off(notice: string): Semantic {
  return { notice, close: async () => {} };
}
