import { expect, it } from 'vitest';
import { createCollectionsRow, type Switches } from '#src/rag/index/collections.js';
import { memorySwitches } from '../../helpers/switches.js';

const ROW = 'collections here';

function aRow(switches: Switches, now = () => new Date('2024-01-01T10:00:00Z')) {
  let made = 0;
  return createCollectionsRow(switches, ROW, {
    first: async () => 'first',
    make: () => {
      made += 1;
      return `made-${made}`;
    },
    now,
  });
}

it('names the first collection once, whoever asks', async () => {
  const switches = memorySwitches();
  const other = createCollectionsRow(switches, ROW, {
    first: async () => 'other',
    make: () => '',
    now: () => new Date(),
  });

  const [one, two] = await Promise.all([aRow(switches).read(), other.read()]);

  expect(one).toEqual(two);
});

it('lets a rebuilt one answer, and the former one go after a while', async () => {
  let now = new Date('2024-01-01T10:00:00Z');
  const row = aRow(memorySwitches(), () => now);

  const next = await row.begin();
  expect(await row.read()).toEqual({ current: 'first', next, old: [] });
  expect(await row.finish(next)).toBe(true);
  expect(await row.read()).toMatchObject({ current: next, old: [{ name: 'first' }] });
  expect(await row.outdated()).toEqual([]);

  now = new Date('2024-01-01T10:10:00Z');
  expect(await row.outdated()).toEqual(['first']);
  await row.forget(['first']);
  expect(await row.read()).toEqual({ current: next, old: [] });
});

it('makes one rebuild of two that begin at once', async () => {
  const switches = memorySwitches();
  const [one, two] = [aRow(switches), aRow(switches)];
  await one.read();

  const [a, b] = await Promise.all([one.begin(), two.begin()]);

  expect(a).toBe(b);
  expect(await Promise.all([one.finish(a), two.finish(b)])).toEqual(expect.arrayContaining([true, false]));
  expect((await one.read()).old.map(({ name }) => name)).toEqual(['first']);
});

it('begins anew with what another one wrote in between', async () => {
  const switches = memorySwitches();
  const row = aRow(switches);
  let isDisturbed = false;
  const disturbed = createCollectionsRow(
    {
      ...switches,
      async change(...change) {
        if (!isDisturbed) {
          isDisturbed = true;
          await row.finish(await row.begin());
        }
        return switches.change(...change);
      },
    },
    ROW,
    { first: async () => 'first', make: () => 'mine', now: () => new Date() },
  );
  await row.read();

  const begun = await disturbed.begin();

  expect(begun).toBe('mine');
  expect(await row.read()).toMatchObject({ current: 'made-1', next: 'mine', old: [{ name: 'first' }] });
});
