// "The four: 1. Quill, 2. Ash." is cut behind each number by splitSentences, which rather cuts once too often: what is
// searched for orders must not hide in a long sentence. What is told to people is put together again.

/** Pieces that count from 1 are one; all others stay as they are. Each piece keeps its own white space. */
export function joinLists(pieces: string[]): string[] {
  const joined: string[] = [];
  /** The number that the last one ends with; 0 = it ends with none of a list. */
  let reached = 0;
  for (const piece of pieces) {
    const isInList = reached > 0 && joined.length > 0;
    if (isInList) {
      joined[joined.length - 1] += piece;
    } else {
      joined.push(piece);
    }
    const number = Number(/(?:^|[\s:;,])(\d{1,2})\.\s*$/.exec(piece)?.[1] ?? 0);
    const begins = number === 1 && /(?:^|:\s+)1\.\s*$/.test(piece);
    reached = begins || (isInList && number === reached + 1) ? number : 0;
  }
  return joined;
}
