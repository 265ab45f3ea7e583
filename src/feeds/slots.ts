/** Lets at most `most` pieces of work run at once; the others wait in line. */
export function createSlots(most: number): { run<Result>(work: () => Promise<Result>): Promise<Result> } {
  const waiting: (() => void)[] = [];
  let free = most;
  return {
    async run(work) {
      if (free === 0) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        free -= 1;
      }
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        free += next ? 0 : 1;
        next?.();
      }
    },
  };
}
