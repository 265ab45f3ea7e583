// Which of the model's sequences reads a prompt. Each keeps the tokens that it read last; those that a new prompt
// begins with need not be read again, and that is what makes the first word come soon.

/** A sequence that is free now. */
export interface FreeSlot {
  /** What it holds, read and kept. */
  tokens: readonly number[];
  /** Rises with each use. */
  usedAt: number;
}

/**
 * Place in `free` of the slot that shares the longest beginning with the prompt; among equals the one that was used
 * longest ago, since what others hold may be asked about again. -1 = none is free.
 */
export function chooseSlot(free: readonly FreeSlot[], prompt: readonly number[]): number {
  let best = -1;
  let bestShared = -1;
  for (const [i, { tokens, usedAt }] of free.entries()) {
    const shared = sharedLength(tokens, prompt);
    if (shared > bestShared || (shared === bestShared && usedAt < (free[best]?.usedAt ?? 0))) {
      best = i;
      bestShared = shared;
    }
  }
  return best;
}

/** How many tokens both begin with. */
export function sharedLength(first: readonly number[], second: readonly number[]): number {
  const most = Math.min(first.length, second.length);
  let shared = 0;
  while (shared < most && first[shared] === second[shared]) {
    shared += 1;
  }
  return shared;
}

/**
 * How many tokens of a prompt a slot spares. The last one is always read, because the first word comes from it.
 */
export function reusable(slot: readonly number[], prompt: readonly number[]): number {
  return Math.min(sharedLength(slot, prompt), prompt.length - 1);
}
