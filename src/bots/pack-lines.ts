// Whole lines in as few messages as hold them.

/** Each at most `limit` long, in order; a line that is longer stands alone. [] = there are no lines. */
export function packLines(lines: string[], limit: number): string[] {
  const packs: string[] = [];
  for (const line of lines) {
    const joined = packs.length > 0 ? `${packs.at(-1)}\n${line}` : line;
    if (packs.length > 0 && joined.length <= limit) {
      packs[packs.length - 1] = joined;
    } else {
      packs.push(line);
    }
  }
  return packs;
}
