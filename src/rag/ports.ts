// What the core needs from outside. Adapters in ./adapters implement these with one package each; the core
// itself does no I/O.
import type { Chunk, OnProgress, Passage } from '../domain.js';

/** A vector of `dimension` numbers, length 1 (so that the dot product is the cosine). */
export type Vector = Float32Array;

export interface Embedder {
  /** Model name and dimension, "all-MiniLM-L6-v2-384": collections and stored vectors are keyed by it. */
  readonly key: string;
  readonly dimension: number;
  /** One vector per text, in order. Some models want questions marked; `kind` tells which is which. */
  embed(texts: string[], kind: 'passage' | 'question', signal?: AbortSignal): Promise<Vector[]>;
  close(): Promise<void>;
}

/** Reads a question and a passage together (a cross-encoder): slower and surer than comparing two vectors. */
export interface Reranker {
  /** How well each text answers the question, 0..1, in order. */
  rate(question: string, texts: string[], signal?: AbortSignal): Promise<number[]>;
  close(): Promise<void>;
}

/** An item found by one index; higher scores are better, comparable only within one list. */
export interface Hit {
  id: string;
  score: number;
}

/** A chunk as the vector index keeps it. */
export interface IndexedVector {
  id: string;
  vector: Vector;
  /** Header and text: for people who look into the index; the store stays the truth. */
  document: string;
  articleId: string;
  publishedAt: string;
}

/** Nearest vectors by cosine. Writes are idempotent: the same id replaces. */
export interface VectorIndex {
  /** What answers, for people: "chroma (embedded)", "chroma at http://…", "exact scan". */
  readonly kind: string;
  upsert(items: IndexedVector[]): Promise<void>;
  remove(ids: string[]): Promise<void>;
  /** The `limit` nearest, best first; `score` is the cosine. */
  nearest(vector: Vector, limit: number): Promise<Hit[]>;
  count(): Promise<number>;
  /** Forgets everything, for a rebuild. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Matches by words: names, grounds, scores. It keeps the revision that it has applied in its own file. */
export interface LexicalIndex {
  /** Applies changes up to `revision` in one transaction. */
  apply(change: LexicalChanges): Promise<void>;
  /** The last revision applied; 0 = empty. */
  revision(): Promise<number>;
  /** BM25 over stemmed terms, best first. `terms` are plain words; stop-words are the caller's to drop. */
  match(terms: string[], limit: number): Promise<Hit[]>;
  /** In how many chunks each term occurs, and of how many; for weighing words by rarity. */
  frequencies(terms: string[]): Promise<{ total: number; counts: number[] }>;
  /**
   * For each word the indexed stem or name that it is most likely a misspelling of; undefined = none is near.
   * `beside` are right words of the same text: a name that holds one of them is more likely meant. Of `names`,
   * those of the words that are written as names there, only a sure one is told.
   */
  closest(words: string[], beside?: string[], names?: string[]): Promise<(string | undefined)[]>;
  /** For each word the names in the articles' text that hold it, as they are written there. */
  namesWith(words: string[]): Promise<NamesWith[]>;
  count(): Promise<number>;
  /** Takedowns of the store before which nothing stands in the file; of a new one 0. */
  erased(): Promise<number>;
  /** Overwrites all that stands in it, which is empty then, unless it was filled after so many takedowns. */
  erase(takedowns: number): Promise<void>;
  reset(): Promise<void>;
  /** Takes a snapshot's file, which is moved, for its own. One that cannot be read makes it empty. */
  adopt(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Copies of the lexical index that replicas of this version share. */
export interface LexicalSnapshots {
  /** Revision of the newest that was filled after `erased` takedowns (absent = 0); 0 = there is none. */
  newest(erased?: number): Promise<number>;
  /** Copies the newest usable one, so filled and not newer than `latest`, here, and gives the file; undefined = there is none. */
  fetch(latest: number, erased?: number): Promise<string | undefined>;
  /** Writes one of what the index has now. One process at a time may. Error: `snapshot_failed`. */
  take(): Promise<void>;
  /** Removes those that were not filled after so many takedowns; absent = all of this store's. */
  forget(erased?: number): Promise<void>;
}

/** A batch of changes, in which a chunk may have words that it is found by beside its own. */
export interface LexicalChanges {
  puts: (Chunk & { also?: string | undefined })[];
  drops: string[];
  /** Nothing is applied to an index that has not reached this revision; absent = to any. */
  after?: number | undefined;
  revision: number;
}

/** A name as articles write it, and in how many chunks. */
export interface SeenName {
  name: string;
  count: number;
}

/** Names that hold one word. */
export interface NamesWith {
  /** Names of several words, most frequent first, at most 12. */
  names: SeenName[];
  /** How often the word stands in a name, single or not; in chunks, roughly. */
  count: number;
}

/** A batch of changes to chunks, in the order of their revisions. */
export interface ChunkChanges {
  puts: Chunk[];
  drops: string[];
  /** Revision of the last change in the batch. */
  revision: number;
}

/** What stands around a chunk in its article. Each text shares up to the chunking's overlap with the next. */
export interface Neighbours {
  /** Absent = the chunk is its article's first. */
  before?: Chunk | undefined;
  /** Absent = the chunk is its article's last. */
  after?: Chunk | undefined;
}

/** The store, as the indexes and the retriever see it. */
export interface ChunkSource {
  /** At most `limit` changes after `revision`; undefined when there are none. */
  changesAfter(revision: number, limit: number): Promise<ChunkChanges | undefined>;
  /** The newest revision of any change; 0 = an empty store. */
  latestRevision(): Promise<number>;
  /** Those of the ids that exist, in the order of `ids`, with `score` 0. */
  passages(ids: string[]): Promise<Passage[]>;
  /** The chunks around each of the ids, by id, for the prompt; an id that does not exist is absent. */
  neighbours(ids: string[]): Promise<Map<string, Neighbours>>;
  /** Publication time of the newest article; undefined = no article. */
  newestArticle(): Promise<string | undefined>;
  /** Takedowns so far: what an index took in before the last one is to leave its files, too. */
  erased(): Promise<number>;
  countChunks(): Promise<number>;
  /** Names of all publishers, each once. */
  publishers(): Promise<string[]>;
}

/** Vectors kept in the store, so that a vector index can be rebuilt without embedding again. */
export interface VectorSource {
  vectors(key: string, ids: string[]): Promise<Map<string, Vector>>;
  /** All vectors of one model, in batches. */
  allVectors(key: string): AsyncIterable<{ id: string; vector: Vector }[]>;
  putVectors(key: string, items: { id: string; vector: Vector }[]): Promise<void>;
  /** The revision up to which the index named `index` has caught up. */
  appliedRevision(index: string): Promise<number>;
  setAppliedRevision(index: string, revision: number): Promise<void>;
}

/** Does work that one process at a time may do; undefined = another one does it, and nothing was done here. */
export type Alone = <Result>(
  subject: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
) => Promise<{ result: Result } | undefined>;

export type { Harm, JudgeText } from './judge.js';
export type {
  CompleteOptions,
  LanguageModel,
  Prompt,
  Sampling,
  ServerState,
  Wait,
} from './language-model.js';
export type { OnProgress };
