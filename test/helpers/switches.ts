// Values that are compared and set, in memory.
import type { Switches } from '#src/rag/index/collections.js';

export function memorySwitches(): Switches {
  const values = new Map<string, string>();
  return {
    value: async (name) => values.get(name),
    async change(name, from, to) {
      if (values.get(name) !== from) {
        return false;
      }
      values.set(name, to);
      return true;
    },
  };
}
