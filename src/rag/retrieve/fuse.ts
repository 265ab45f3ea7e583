// Joins the dense and the lexical list. Scores are scaled to 0..1 within each list (best 1, worst 0) and
// added with weights: measured better than reciprocal rank fusion here, because
// a clear winner of one list stays a clear winner.
import type { Hit } from '../ports.js';

/** Hits of all lists, each id once, best first; scores 0..1 when the weights sum to 1. */
export function fuse(lists: { hits: Hit[]; weight: number }[]): Hit[] {
  const total = lists.reduce((sum, list) => sum + (list.hits.length > 0 ? list.weight : 0), 0);
  const scores = new Map<string, number>();
  for (const { hits, weight } of lists) {
    for (const { id, score } of scaled(hits)) {
      scores.set(id, (scores.get(id) ?? 0) + (score * weight) / total);
    }
  }
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function scaled(hits: Hit[]): Hit[] {
  const best = Math.max(...hits.map((hit) => hit.score));
  const worst = Math.min(...hits.map((hit) => hit.score));
  const span = best - worst;
  return hits.map(({ id, score }) => ({ id, score: span > 0 ? (score - worst) / span : 1 }));
}
