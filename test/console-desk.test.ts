import { expect, it } from 'vitest';
import { type ConsoleParts, createConsoleDesk } from '#src/console-desk.js';
import { aDigest, aLetter, anItem } from './helpers/letters.js';

const PLACE = { platform: 'slack', tenant: 'T', channel: 'C' };

function aDesk(failing = 0) {
  const asked: string[] = [];
  const desk = createConsoleDesk({
    store: { chunks: {} },
    newsClock: () => new Date('2023-12-19T08:00:00.000Z'),
    preview: async (place: typeof PLACE) => {
      asked.push(place.channel);
      if (asked.length <= failing) {
        throw new Error('the index fails');
      }
      return aLetter(place, aDigest([anItem(1)]));
    },
  } as unknown as ConsoleParts);
  return { asked, desk };
}

it('writes one digest for all tabs that look at a channel', async () => {
  const { asked, desk } = aDesk();

  const [one, other] = await Promise.all([desk.digest(PLACE), desk.digest({ ...PLACE })]);
  await desk.digest(PLACE);
  await desk.digest();

  expect(one).toEqual(other);
  expect(one?.items).toHaveLength(1);
  expect(asked).toEqual(['C', '']);
});

it('keeps no failure', async () => {
  const { asked, desk } = aDesk(1);

  await expect(desk.digest(PLACE)).rejects.toThrow('the index fails');
  await desk.digest(PLACE);

  expect(asked).toHaveLength(2);
});
