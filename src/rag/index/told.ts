// Whether an index answers is best known from those who use it.
import type { VectorIndex } from '../ports.js';

/** The same index, which tells of each search and change: undefined = it answered. */
export function told(index: VectorIndex, tell: (error: unknown) => void): VectorIndex {
  const telling =
    <Arguments extends unknown[], Result>(run: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      try {
        const result = await run(...given);
        tell(undefined);
        return result;
      } catch (error) {
        tell(error ?? new Error('failed'));
        throw error;
      }
    };
  return {
    ...index,
    upsert: telling(index.upsert),
    remove: telling(index.remove),
    nearest: telling(index.nearest),
    count: telling(index.count),
  };
}
