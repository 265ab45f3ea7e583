// Which of the model's sequences reads a prompt. Each keeps the tokens that it read last; those that a new prompt
// begins with need not be read again, and that is what makes the first word come soon.

/** A sequence that is free now. */
export interface FreeSlot {
  /** What it holds, read and kept. */
  tokens: readonly number[];
  /** Rises with each use. */
  usedAt: number;
}

/** Of a prompt's length: sharing less more than another slot is not worth losing what a slot holds. */
const NEGLIGIBLE_SHARE = 0.1;

/**
 * Place in `free` of the slot that shares the longest beginning with the prompt; among those that share about as much
 * the one that was used longest ago, since what the others hold may be asked about again. -1 = none is free.
 */
export function chooseSlot(free: readonly FreeSlot[], prompt: readonly number[]): number {
  const shared = free.map(({ tokens }) => sharedLength(tokens, prompt));
  const enough = Math.max(...shared) - prompt.length * NEGLIGIBLE_SHARE;
  const [oldest] = free
    .map(({ usedAt }, place) => ({ usedAt, place }))
    .filter(({ place }) => (shared[place] ?? 0) >= enough)
    .sort((a, b) => a.usedAt - b.usedAt);
  return oldest?.place ?? -1;
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
