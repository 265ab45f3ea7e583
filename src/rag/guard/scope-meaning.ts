// The meaning of a question beside that of examples: how much nearer it is to questions about cricket than to others.
// The examples are embedded once, on first use.
import type { Embedder, Vector } from '../ports.js';
import type { CompareMeaning, ScopeRules } from './scope.js';

/** The nearest examples of each side count, not the average of all: each side is many topics. */
const NEAREST = 3;

/** Throws what the embedder throws. */
export function createScopeMeaning(
  embedder: Pick<Embedder, 'embed'>,
  { cricket, other }: ScopeRules['anchors'],
): CompareMeaning {
  let anchors: Promise<[Vector[], Vector[]]> | undefined;
  const embedded = () => {
    anchors ??= Promise.all([embedder.embed(cricket, 'question'), embedder.embed(other, 'question')]);
    // A worker that died is asked again.
    anchors.catch(() => {
      anchors = undefined;
    });
    return anchors;
  };
  return async (text, signal) => {
    const [[ours, others], [vector]] = await Promise.all([
      embedded(),
      embedder.embed([text], 'question', signal),
    ]);
    return vector ? nearness(vector, ours) - nearness(vector, others) : 0;
  };
}

/** Mean cosine with the nearest. */
function nearness(vector: Vector, anchors: Vector[]): number {
  const cosines = anchors.map((anchor) =>
    anchor.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0),
  );
  const nearest = cosines.sort((a, b) => b - a).slice(0, NEAREST);
  return nearest.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, nearest.length);
}
