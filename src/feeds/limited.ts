/** Runs `work` for each item, at most `limit` at once; after a failure no further item is begun. */
export async function forEachLimited<Item>(
  items: Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let hasFailed = false;
  const lanes = Array.from({ length: Math.min(limit, items.length) }, async () => {
    for (const item of queue) {
      if (hasFailed) {
        return;
      }
      try {
        await work(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  });
  await Promise.all(lanes);
}
