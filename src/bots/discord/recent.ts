// A memory of the last so many: what is bounded by nothing else must be bounded here.

export interface Recent<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  keys(): string[];
}

/** The one set or got longest ago goes first. */
export function createRecent<V>(most: number): Recent<V> {
  const kept = new Map<string, V>();
  function set(key: string, value: V): void {
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > most) {
      const [oldest] = kept.keys();
      kept.delete(oldest ?? key);
    }
  }
  return {
    get(key) {
      const value = kept.get(key);
      if (value !== undefined) {
        set(key, value);
      }
      return value;
    },
    set,
    delete: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
}
