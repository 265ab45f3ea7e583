import { expect, it } from 'vitest';
import { doOnceForAll, openHold } from '#src/open-hold.js';
import { inStore, sharedStores } from './helpers/store-place.js';

async function processes(count: number) {
  const { place, stores } = await sharedStores(count);
  return { place, holds: stores.map((store, i) => openHold(store, `machine-${i} 1 replica`)) };
}

/** Work that is done when it was done once. */
function aPiece() {
  let done = 0;
  return {
    done: () => done,
    isDone: async () => done > 0,
    work: async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      done += 1;
    },
  };
}

it('has work done by one process while the others wait for it', async () => {
  const { holds } = await processes(3);
  const piece = aPiece();

  await Promise.all(holds.map((hold) => doOnceForAll(hold, 'rechunk', piece)));

  expect(piece.done()).toBe(1);
});

it('takes up what a process left that died, and what one failed at', async () => {
  const {
    holds: [hold],
    place,
  } = await processes(1);
  const piece = aPiece();
  await inStore(
    place,
    `insert into claims (subject, job, owner, expires_at)
      values ('store', 'rechunk', 'elsewhere 1 dead', '2000-01-01T00:00:00.000Z') returning owner`,
  );
  const failing = { ...piece, work: () => Promise.reject(new Error('broken')) };

  await expect(hold && doOnceForAll(hold, 'rechunk', failing)).rejects.toThrow('broken');
  await (hold && doOnceForAll(hold, 'rechunk', piece));

  expect(piece.done()).toBe(1);
});
