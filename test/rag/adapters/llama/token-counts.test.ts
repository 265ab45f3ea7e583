import { expect, it } from 'vitest';
import type { Order } from '#src/rag/adapters/llama/messages.js';
import { createTokenCounts } from '#src/rag/adapters/llama/token-counts.js';

function aProcess() {
  const orders: Extract<Order, { type: 'count' }>[] = [];
  const counts = createTokenCounts((order) => order.type === 'count' && orders.push(order));
  return { counts, orders };
}

it('asks for the texts of one moment together, and for none twice', async () => {
  const { counts, orders } = aProcess();
  const both = Promise.all([counts.count('Kent'), counts.count('Surrey won')]);
  await new Promise(setImmediate);

  counts.counted(orders[0]?.id ?? 0, [1, 2]);

  expect(await both).toEqual([1, 2]);
  expect(await counts.count('Kent')).toBe(1);
  expect(orders.map(({ texts }) => texts)).toEqual([['Kent', 'Surrey won']]);
});

it('asks once more when the process has ended, and gives up a text that ends the second one, too', async () => {
  const { counts, orders } = aProcess();
  const poison = counts.count('poison').catch((error: unknown) => error);
  await new Promise(setImmediate);

  counts.resume();
  const other = counts.count('Kent');
  await new Promise(setImmediate);
  counts.resume();

  expect(await poison).toMatchObject({ code: 'model_crashed' });
  expect(orders.map(({ texts }) => texts)).toEqual([['poison'], ['poison'], ['Kent'], ['Kent']]);
  counts.counted(orders[3]?.id ?? 0, [1]);
  expect(await other).toBe(1);
});
