// The same thing told again within a while is not done again: Slack tells of one mention as two events, and delivers
// again what it thinks was not heard. The store would say the same; it costs a transaction.

const MOST_KEPT = 2_000;

/** `work` runs once for each key; whoever comes later gets its promise. What failed is forgotten. */
export function createOnceEach(): (key: string, work: () => Promise<void>) => Promise<void> {
  const told = new Map<string, Promise<void>>();
  return (key, work) => {
    const known = told.get(key);
    if (known) {
      return known;
    }
    const running = work();
    told.set(key, running);
    running.catch(() => told.delete(key));
    for (const oldest of told.size > MOST_KEPT ? told.keys() : []) {
      told.delete(oldest);
      break;
    }
    return running;
  };
}
