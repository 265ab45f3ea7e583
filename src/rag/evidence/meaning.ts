// How near a question's meaning is to sentences and passages. Passages have their vectors in the store;
// sentences get theirs when they are weighed, and those of late are remembered: people ask about the same news.
import type { Embedder, Vector, VectorSource } from '../ports.js';

export interface MeaningDeps {
  /** Gives undefined while semantic search is off. */
  dense: () => { embedder: Pick<Embedder, 'embed' | 'key'> } | undefined;
  vectors: Pick<VectorSource, 'vectors'>;
  /** Told when the model fails; words alone decide then. */
  onFailure: (error: unknown) => void;
}

/** Cosines with a question, -1..1, one for each thing, in order; undefined = semantic search is off or failed. */
export interface Meaning {
  ofSentences(question: string, sentences: string[], signal: AbortSignal): Promise<number[] | undefined>;
  /** 0 for a passage without a vector: a given one, or one that is still to be embedded. */
  ofPassages(question: string, ids: string[], signal: AbortSignal): Promise<number[] | undefined>;
}

/** 3 MB at 384 numbers. */
const REMEMBERED_SENTENCES = 2000;

export function createMeaning({ dense, onFailure, vectors }: MeaningDeps): Meaning {
  const remembered = new Map<string, Vector>();

  async function sentenceVector(embedder: Pick<Embedder, 'embed'>, text: string, signal: AbortSignal) {
    const known = remembered.get(text);
    const [vector] = known ? [known] : await embedder.embed([text], 'passage', signal);
    if (vector) {
      remembered.delete(text);
      remembered.set(text, vector);
    }
    const oldest = remembered.keys().next().value;
    if (remembered.size > REMEMBERED_SENTENCES && oldest !== undefined) {
      remembered.delete(oldest);
    }
    return vector;
  }

  async function compare(
    question: string,
    signal: AbortSignal,
    vectorsOf: (embedder: Pick<Embedder, 'embed' | 'key'>) => Promise<(Vector | undefined)[]>,
  ): Promise<number[] | undefined> {
    const embedder = question.trim() === '' ? undefined : dense()?.embedder;
    if (!embedder) {
      return undefined;
    }
    try {
      const [asked] = await embedder.embed([question], 'question', signal);
      const found = await vectorsOf(embedder);
      return asked && found.map((vector) => (vector ? dot(asked, vector) : 0));
    } catch (error) {
      signal.throwIfAborted();
      onFailure(error);
      return undefined;
    }
  }

  return {
    ofSentences: (question, sentences, signal) =>
      compare(question, signal, (embedder) =>
        Promise.all(sentences.map((text) => sentenceVector(embedder, text, signal))),
      ),
    ofPassages: (question, ids, signal) =>
      compare(question, signal, async (embedder) => {
        const stored = await vectors.vectors(embedder.key, ids);
        return ids.map((id) => stored.get(id));
      }),
  };
}

/** For questions when there is no model at all. */
export const NO_MEANING: Meaning = {
  ofSentences: async () => undefined,
  ofPassages: async () => undefined,
};

function dot(a: Vector, b: Vector): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
