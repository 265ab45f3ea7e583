import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { inStore, storePlace } from '../helpers/store-place.js';

const NOW = '2023-12-19T08:00:00.000Z';
const LATER = '2023-12-19T08:01:00.000Z';
const DUE = { localDate: '2023-12-19', dueAt: NOW };
const NEXT = { localDate: '2023-12-20', dueAt: '2023-12-20T08:00:00.000Z' };
const LEASE = { owner: 'one', now: LATER, until: '2023-12-19T08:02:00.000Z' };
const TARGET = { kind: 'domain', value: 'example.org' } as const;
const DIGEST = {
  items: [
    { storyId: 's1', articleIds: ['a1'], text: 'Words of it. [1]', withoutResult: 'Result [1]' },
    { storyId: 's2', articleIds: ['a2'], text: 'Words of another. [2]' },
  ],
  fixtures: [{ text: 'India v Australia [1]' }, { text: 'England v Ireland [2]' }],
  citations: [
    { n: 1, url: 'https://news.example.org/a?x=1&y=2', title: 'It' },
    { n: 2, url: 'https://notexample.org/a', title: 'Another' },
  ],
};
const WORDS = ['example.org/a?', 'Words of it', 'v Australia'];

/** A channel whose digest is composed and lies in the outbox. */
async function aWrittenDigest() {
  const at = await storePlace();
  const store = await openStore(at);
  onTestFinished(() => store.close());
  const place = { platform: 'office', tenant: '', channel: 'c' };
  await store.subscriptions.put(
    { id: 's', ...place, settings: {}, isPaused: false },
    { ...DUE, plannedAt: NOW },
  );
  const [subscription] = await store.digests.due(NOW, LATER, 1);
  const due = { ...DUE, composition: 'k', ordered: '{}' };
  await store.digests.plan([{ subscription: subscription as never, due, missed: [], next: NEXT }], NOW);
  await store.digests.putDigest('k', DIGEST);
  const write = (payload: string) =>
    store.digests.write('k', [{ id: 's', localDate: DUE.localDate, payload }], NOW);
  await write('{"text":"Words of it. <https://news.example.org/a?x=1&amp;y=2|[1]>"}');
  const all = async (table: string) => JSON.stringify(await inStore(at, `select * from ${table}`));
  return { store, place, all, write };
}

it('composes a digest anew that waits with words of what is taken down', async () => {
  const { all, store, write } = await aWrittenDigest();
  const taken = await store.digests.take({ platform: 'office' }, LEASE);

  await store.remover.takeDown(TARGET, LATER);

  for (const word of WORDS) {
    expect((await all('compositions')) + (await all('outbox'))).not.toContain(word);
  }
  expect(await store.digests.waiting(['office'], 9)).toEqual(['k']);
  expect(await store.digests.change(taken as never, { state: 'sending', sentAt: LATER })).toBe(false);

  await store.digests.putDigest('k', { ...DIGEST, items: [], fixtures: [], citations: [] });
  await write('{"text":"What is left."}');
  const entry = await store.digests.take({ platform: 'office' }, { ...LEASE, now: NEXT.dueAt });
  expect(entry).toMatchObject({ state: 'ready', payload: '{"text":"What is left."}' });
});

it('keeps of a posted digest which stories it told, and nothing that it said of what is taken down', async () => {
  const { all, store } = await aWrittenDigest();
  const entry = await store.digests.take({ platform: 'office' }, LEASE);
  await store.digests.change(entry as never, { state: 'posted', settledAt: LATER, message: 'm' });

  await store.remover.takeDown(TARGET, LATER);

  for (const word of WORDS) {
    expect(await all('compositions')).not.toContain(word);
  }
  const kept = await store.digests.composition<unknown, typeof DIGEST>('k');
  expect(kept?.digest?.items).toEqual([
    { storyId: 's1', articleIds: ['a1'], text: '' },
    { storyId: 's2', articleIds: ['a2'], text: 'Words of another. [2]' },
  ]);
  expect(kept?.digest?.citations.map(({ n }) => n)).toEqual([2]);
});

it('leaves digests alone that name it nowhere', async () => {
  const { all, store } = await aWrittenDigest();
  const before = (await all('compositions')) + (await all('outbox'));

  await store.remover.takeDown({ kind: 'domain', value: 'ample.org' }, LATER);

  expect((await all('compositions')) + (await all('outbox'))).toBe(before);
});

it('posts no news for a question that rests on what is taken down', async () => {
  const { all, place, store } = await aWrittenDigest();
  const watch = { id: 'w', ...place, thread: 't', userKey: 'u', question: 'Who won?', earlier: [] };
  await store.watches.put({ ...watch, since: NOW, until: NEXT.dueAt }, { ofUser: 1, ofChannel: 1 }, NOW);
  const payload = JSON.stringify({ text: 'They won.', url: 'https://example.org/b' });
  await store.watches.tell('w', { channel: 'c', payload, now: NOW });

  await store.remover.takeDown(TARGET, LATER);

  expect(await all('outbox')).not.toContain('They won');
  expect(await store.digests.states()).toMatchObject({ missed: 1 });
});
