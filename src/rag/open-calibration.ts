// Keeps what calibrate.ts found in a small file beside the indexes, and finds it again when the index has grown or
// shrunk by a fifth. Its questions take some ten seconds, at the end of an ingest.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../log.js';
import { CALIBRATION_METHOD, calibrate } from './evidence/calibrate.js';
import { logOddsOf } from './evidence/confidence.js';
import { weighSentences } from './evidence/evidence.js';
import type { Meaning } from './evidence/meaning.js';
import type { ChunkSource, Hit } from './ports.js';
import {
  createRetriever,
  type DenseSearch,
  type RetrieverDeps,
  type RetrieverOptions,
} from './retrieve/retrieve.js';
import { type UnderstandDeps, understand } from './understand/understand.js';

export interface CalibrationDeps {
  log: Log;
  chunks: ChunkSource;
  lexical: RetrieverDeps['lexical'];
  dense: () => DenseSearch | undefined;
  meaning: Meaning;
  understanding: UnderstandDeps;
}

export interface Calibration {
  /** Log odds to subtract for short questions; 0 while nothing is known. */
  shift(): number;
  /** Calibrates when it is due. A failure is logged and changes nothing; an abort throws the signal's reason. */
  update(signal?: AbortSignal): Promise<void>;
}

const FILE = z.object({
  /** A file of another way of doing it is as good as none. */
  method: z.literal(CALIBRATION_METHOD),
  /** Chunks of the index when it was calibrated. */
  chunks: z.number().int().nonnegative(),
  withModel: z.boolean(),
  shift: z.number().min(-1).max(1),
});
/** Share by which the index must have grown or shrunk. */
const MUCH = 0.2;
/** Chunks below which every question is foreign to the index. */
const FEWEST_CHUNKS = 200;
/** Hits that may fall away because their article is hidden. */
const HIDDEN_HITS = 60;

export async function openCalibration(
  deps: CalibrationDeps,
  dataDir: string,
  options: RetrieverOptions,
): Promise<Calibration> {
  const file = path.join(dataDir, 'calibration.json');
  let known = await readKnown(file);

  const isDue = (chunks: number, withModel: boolean) =>
    chunks >= FEWEST_CHUNKS &&
    (known?.withModel !== withModel || Math.abs(chunks - known.chunks) > MUCH * known.chunks);

  return {
    // What was found with a model says nothing without it, and the other way round.
    shift: () => (known?.withModel === (deps.dense() !== undefined) ? known.shift : 0),
    async update(signal = new AbortController().signal) {
      const withModel = deps.dense() !== undefined;
      const chunks = await deps.chunks.countChunks();
      if (!isDue(chunks, withModel)) {
        return;
      }
      try {
        const shift = await calibrate({
          kind: withModel ? 'meaning' : 'words',
          sample: (count) => sample(deps.chunks, count),
          logOddsWithout: (text, articleIds) => logOddsWithout(deps, options, text, articleIds, signal),
        });
        known = { method: CALIBRATION_METHOD, chunks, withModel, shift: shift ?? 0 };
        await writeFile(file, JSON.stringify(known));
      } catch (error) {
        signal.throwIfAborted();
        deps.log.warn({ err: error }, 'the wish for evidence is not calibrated');
      }
    },
  };
}

/** A file that is absent or damaged is as good as none: the next ingest writes it anew. */
async function readKnown(file: string): Promise<z.infer<typeof FILE> | undefined> {
  try {
    return FILE.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Passages spread evenly over the revisions, at most one of an article. */
async function sample(chunks: ChunkSource, count: number) {
  const latest = await chunks.latestRevision();
  const found = new Map<string, { text: string; articleIds: string[] }>();
  for (let i = 0; i < count; i += 1) {
    const [chunk] = (await chunks.changesAfter(Math.floor((latest * i) / count), 1))?.puts ?? [];
    const [passage] = chunk ? await chunks.passages([chunk.id]) : [];
    if (passage) {
      const { articleId, story, text } = passage;
      found.set(articleId, { text, articleIds: [articleId, ...(story?.articleIds ?? [])] });
    }
  }
  return [...found.values()];
}

async function logOddsWithout(
  { chunks, dense, lexical, meaning, understanding }: CalibrationDeps,
  options: RetrieverOptions,
  text: string,
  articleIds: string[],
  signal: AbortSignal,
): Promise<number> {
  const seen = (hits: Hit[], limit: number) =>
    hits.filter(({ id }) => !articleIds.some((articleId) => id.startsWith(`${articleId}:`))).slice(0, limit);
  const search = dense();
  const retrieve = createRetriever(
    {
      chunks,
      lexical: {
        match: async (terms, limit) => seen(await lexical.match(terms, limit + HIDDEN_HITS), limit),
      },
      dense: () =>
        search && {
          embedder: search.embedder,
          index: {
            nearest: async (vector, limit) =>
              seen(await search.index.nearest(vector, limit + HIDDEN_HITS), limit),
          },
        },
      onDenseFailure: (error) => {
        throw error;
      },
    },
    options,
  );
  const query = { ...(await understand(text, understanding)), parts: [] };
  const weighed = await weighSentences(meaning, query, await retrieve(query, signal), signal);
  return weighed ? logOddsOf(weighed) : -Infinity;
}
