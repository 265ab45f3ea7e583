// Brings the two derived indexes up to the store's latest revision. Each remembers the last revision that it
// has applied and every step is idempotent, so a crash in between costs nothing but the repeated step.

import type {
  ChunkChanges,
  ChunkSource,
  Embedder,
  IndexedVector,
  LexicalChanges,
  LexicalIndex,
  OnProgress,
  Vector,
  VectorIndex,
  VectorSource,
} from '../ports.js';
import { alsoCalled } from '../understand/also-called.js';
import type { FindNames } from '../understand/names.js';
import { chunkDocument } from './chunking.js';

const LEXICAL_BATCH = 500;
/** Small, because embedding 64 chunks takes seconds, and a kill costs at most one batch. */
const DENSE_BATCH = 64;

export interface CatchUpDeps {
  chunks: Pick<ChunkSource, 'changesAfter' | 'latestRevision' | 'countChunks'>;
  lexical: LexicalIndex;
  findNames: FindNames;
}

export interface DenseDeps {
  chunks: Pick<ChunkSource, 'changesAfter' | 'latestRevision' | 'countChunks' | 'passages'>;
  vectors: VectorSource;
  embedder: Embedder;
  index: VectorIndex;
  /** The index's name in the store: its kind, place and model. */
  name: string;
  /** How far it is, where the store does not know: an index in memory is its process's own. */
  applied?: Pick<VectorSource, 'appliedRevision' | 'setAppliedRevision'> | undefined;
}

/** Of both indexes; `onProgress` gets the name of the one that progresses. */
export interface IndexWork {
  signal?: AbortSignal;
  /** Waits for another process that fills the same index; absent = leaves it to that one. */
  isPatient?: boolean;
  onProgress?: (label: string) => OnProgress;
}

/** Applies what is new to the lexical index; gives the number of chunks that changed. */
export async function catchUpLexical(deps: CatchUpDeps, onProgress?: OnProgress): Promise<number> {
  const { chunks, lexical } = deps;
  let revision = await lexical.revision();
  // Asked for after it: another process may store and apply something in between.
  if (revision > (await chunks.latestRevision())) {
    // The file belongs to another store.
    await lexical.reset();
    revision = 0;
  }
  const prepare = ({ puts, ...changes }: ChunkChanges, after: number): LexicalChanges => ({
    ...changes,
    after,
    puts: puts.map((chunk) => ({ ...chunk, also: alsoCalled(chunk, deps.findNames) })),
  });
  return applyAll(chunks, {
    from: revision,
    batch: LEXICAL_BATCH,
    prepare,
    apply: lexical.apply,
    onProgress,
  });
}

/** Embeds and applies what is new to the vector index; gives the number of chunks that changed. */
export async function catchUpDense(
  deps: DenseDeps,
  signal?: AbortSignal,
  onProgress?: OnProgress,
): Promise<number> {
  const { applied = deps.vectors, chunks, index, name } = deps;
  let revision = await applied.appliedRevision(name);
  // One in memory was made of the store's own vectors.
  const isForeign = !deps.applied && revision === 0 && (await index.count()) > 0;
  if (
    isForeign ||
    revision > (await chunks.latestRevision()) ||
    (revision > 0 && (await index.count()) === 0 && (await chunks.countChunks()) > 0)
  ) {
    // What a former store left behind, another store's revision, or an index whose files are gone: fill it again.
    await index.reset();
    revision = 0;
  }
  const apply = async (changes: ChunkChanges) => {
    signal?.throwIfAborted();
    await index.remove(changes.drops);
    await index.upsert(await withVectors(deps, changes, signal));
    await applied.setAppliedRevision(name, changes.revision);
  };
  const prepare = (changes: ChunkChanges) => changes;
  return applyAll(chunks, { from: revision, batch: DENSE_BATCH, prepare, apply, onProgress });
}

/** Forgets an index's contents and fills it from the store. */
export async function rebuildDense(
  deps: DenseDeps,
  signal?: AbortSignal,
  onProgress?: OnProgress,
): Promise<number> {
  await deps.index.reset();
  await (deps.applied ?? deps.vectors).setAppliedRevision(deps.name, 0);
  return catchUpDense(deps, signal, onProgress);
}

interface Applying<Prepared> {
  from: number;
  batch: number;
  /** Runs for a batch while the one before is applied. */
  prepare: (changes: ChunkChanges, after: number) => Prepared;
  apply: (prepared: Prepared) => Promise<void>;
  onProgress?: OnProgress | undefined;
}

/** One batch after the other: none is begun before the one before is kept, so that no revision is passed over. */
async function applyAll<Prepared extends Pick<ChunkChanges, 'drops' | 'revision'> & { puts: unknown[] }>(
  chunks: CatchUpDeps['chunks'],
  { apply, batch, from, onProgress, prepare }: Applying<Prepared>,
): Promise<number> {
  const total = (await chunks.latestRevision()) - from;
  const read = async (revision: number) => {
    const changes = await chunks.changesAfter(revision, batch);
    return changes && prepare(changes, revision);
  };
  let changed = 0;
  for (let next = await read(from); next; ) {
    const { drops, puts, revision } = next;
    const [following] = await Promise.all([read(revision), apply(next)]);
    next = following;
    changed += puts.length + drops.length;
    onProgress?.({ done: Math.min(revision - from, total), total });
  }
  return changed;
}

/** Takes vectors that the store has, embeds the rest, and keeps those in the store. */
async function withVectors(
  deps: DenseDeps,
  changes: ChunkChanges,
  signal?: AbortSignal,
): Promise<IndexedVector[]> {
  const { embedder, vectors } = deps;
  const known = await vectors.vectors(
    embedder.key,
    changes.puts.map((chunk) => chunk.id),
  );
  const missing = changes.puts.filter((chunk) => !known.has(chunk.id));
  if (missing.length > 0) {
    const made = await embedder.embed(missing.map(chunkDocument), 'passage', signal);
    const items = missing.map((chunk, i) => ({ id: chunk.id, vector: made[i] as Vector }));
    await vectors.putVectors(embedder.key, items);
    for (const { id, vector } of items) {
      known.set(id, vector);
    }
  }
  const passages = await deps.chunks.passages(changes.puts.map((chunk) => chunk.id));
  return passages.flatMap((passage) => {
    const vector = known.get(passage.id);
    const { id, articleId, publishedAt } = passage;
    return vector ? [{ id, vector, document: chunkDocument(passage), articleId, publishedAt }] : [];
  });
}
