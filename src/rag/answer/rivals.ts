// Who else holds the record? A report that outdates "Cummins is the most expensive" need not hold a word of the question
// that brought the claim up, so it is searched for by the claim itself.
import type { Passage } from '../../domain.js';
import { claimsOfBest } from '../evidence/superseded.js';
import type { Retrieve } from '../retrieve/retrieve.js';
import { type Query, type UnderstandDeps, understand } from '../understand/understand.js';

/** Reports on the superlatives that a survey of the passages might quote; [] for every other question. */
export async function findRivals(
  deps: UnderstandDeps & { retrieve: Retrieve },
  query: Query,
  passages: Passage[],
  signal: AbortSignal,
): Promise<Passage[]> {
  const isSurvey = [query, ...query.parts].some(({ answerType }) => answerType === 'news');
  const claims = isSurvey ? claimsOfBest(passages) : [];
  const found = await Promise.all(
    claims.map(async (claim) => deps.retrieve(await understand(claim, deps), signal)),
  );
  return found.flat();
}
