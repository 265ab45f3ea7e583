import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { storePlace } from '../helpers/store-place.js';

async function open() {
  const store = await openStore(await storePlace());
  onTestFinished(() => store.close());
  return store.switches;
}

it('changes a value that is still what it is taken for, and no other', async () => {
  const switches = await open();

  const changed = [
    await switches.change('a', 'x', 'y'),
    await switches.change('a', undefined, '1'),
    await switches.change('a', undefined, '2'),
    await switches.change('a', '2', '3'),
    await switches.change('a', '1', '4'),
  ];

  expect(changed).toEqual([false, true, false, false, true]);
  expect([await switches.value('a'), await switches.value('b')]).toEqual(['4', undefined]);
});

it('lets one of many who change it at once be first', async () => {
  const switches = await open();
  await switches.change('a', undefined, '0');

  const changed = await Promise.all(Array.from({ length: 20 }, (_, i) => switches.change('a', '0', `n${i}`)));

  expect(changed.filter(Boolean)).toHaveLength(1);
  expect(await switches.value('a')).toBe(`n${changed.indexOf(true)}`);
});
