// The line in which calls wait that Slack turned away: one at a time is tried again when the limit opens, and the next
// follows when it has passed. A hundred that all came back at once would all but one be turned away again.

export interface LimitedLine {
  /** Whether anybody waits: whoever comes now stands at the end. */
  isOpen(method: string): boolean;
  /** Runs `work` when all that came before have ended. */
  wait<T>(method: string, work: () => Promise<T>): Promise<T>;
}

export function createLimitedLine(): LimitedLine {
  const ends = new Map<string, Promise<unknown>>();
  return {
    isOpen: (method) => !ends.has(method),
    wait(method, work) {
      const before = ends.get(method) ?? Promise.resolve();
      const running = before.then(work);
      const end = running
        .catch(() => {})
        .finally(() => {
          if (ends.get(method) === end) {
            ends.delete(method);
          }
        });
      ends.set(method, end);
      return running;
    },
  };
}
