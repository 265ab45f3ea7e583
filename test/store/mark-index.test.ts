import { expect, it } from 'vitest';
import { createMarkIndex } from '#src/store/mark-index.js';

const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i * 7919);

it('finds what shares three marks, most shared first', () => {
  const index = createMarkIndex();
  index.add('two', [...range(0, 2), ...range(1, 18)]);
  index.add('three', [...range(0, 3), ...range(2, 17)]);
  index.add('all', range(0, 20));

  expect(index.similar(range(0, 20), 9)).toEqual(['all', 'three']);
  expect(index.similar(range(0, 20), 1)).toEqual(['all']);
});

it('asks for a tenth of the longer one, whichever came first', () => {
  const short = range(0, 5);
  const long = [...short, ...range(3, 55)];
  const shortFirst = createMarkIndex();
  const longFirst = createMarkIndex();
  shortFirst.add('short', short);
  longFirst.add('long', long);

  expect([shortFirst.similar(long, 9), longFirst.similar(short, 9)]).toEqual([[], []]);
  expect(longFirst.similar(long.slice(0, 6), 9)).toEqual(['long']);
});

it('orders equal ones by id and names a text once that was added twice', () => {
  const index = createMarkIndex();
  for (const id of ['c', 'a', 'c', 'b']) {
    index.add(id, range(5, 16));
  }

  expect(index.similar(range(5, 16), 9)).toEqual(['a', 'b', 'c']);
});

it('tells marks apart that differ in their highest bit alone', () => {
  const index = createMarkIndex();
  index.add('low', [1, 2, 3]);
  index.add('high', [0x80000001, 0x80000002, 0xffffffff]);

  expect(index.similar([0x80000001, 0x80000002, 0xffffffff], 9)).toEqual(['high']);
});

it('finds nothing for a text without marks', () => {
  expect(createMarkIndex().similar([], 9)).toEqual([]);
});
