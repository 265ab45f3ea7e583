/** Everything that an async iterable gives. (Node 20's typings lack Array.fromAsync.) */
export async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) {
    all.push(item);
  }
  return all;
}
