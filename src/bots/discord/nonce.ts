// What makes a post safe to be sent again: for some minutes Discord answers the same nonce with the same message.
import { createHash } from 'node:crypto';
import type { Turn } from '../ports.js';

/** The same try of the same part has the same nonce; at most 25 characters. */
export function nonceOf(
  { attempt, questionId }: Pick<Turn, 'attempt' | 'questionId'>,
  part: number,
  posted: number,
): string {
  const parts = JSON.stringify([questionId, attempt, part, posted]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 25);
}
