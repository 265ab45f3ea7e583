// Where Chroma answers: at CHROMA_URL, or at a server of our own in the data folder.
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../log.js';
import type { ChromaAddress } from './adapters/chroma.js';

export interface ChromaSettings {
  mode: 'auto' | 'exact';
  /** A server, a cluster or the Cloud. */
  url?: string | undefined;
  apiKey?: string | undefined;
  tenant?: string | undefined;
  database?: string | undefined;
  startTimeoutMs: number;
  /** Between two looks for a Chroma that is missing; absent = 10 s. */
  lookEveryMs?: number | undefined;
}

export interface FoundChroma extends ChromaAddress {
  /** Of a server of our own; absent = others run it. */
  folder?: string | undefined;
  stop(): Promise<void>;
}

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
    const { apiKey, database, tenant, url } = chroma;
    return { ...{ url, apiKey, database, tenant }, kind: `chroma at ${url}`, stop: async () => {} };
  }
  const { startChroma } = await import('./adapters/chroma-server.js');
  const folder = path.join(dataDir, 'chroma');
  const server = await startChroma({ log }, { folder, startTimeoutMs: chroma.startTimeoutMs });
  return { url: server.url, kind: 'chroma (embedded)', folder, stop: server.stop };
}

/**
 * Tells this Chroma from all others that processes on the same store use. In a store that is a file there is one of our
 * own; in a database each replica has one, in its own data folder.
 */
export function placeOf({ database, folder, kind, tenant }: FoundChroma, isShared: boolean): string {
  if (folder === undefined) {
    return [kind, tenant, database].filter(Boolean).join(' ');
  }
  return isShared ? `${kind} ${idOf(`${folder}.id`)}` : kind;
}

/** Kept in a file, whoever writes it first. */
function idOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    try {
      writeFileSync(file, randomUUID().slice(0, 8), { flag: 'wx' });
    } catch {
      // Another process of ours was quicker.
    }
    return readFileSync(file, 'utf8');
  }
}
