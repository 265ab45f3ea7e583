import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { storePlace } from '../helpers/store-place.js';

const FEED = 'https://example.com/feed.xml';

async function aFeedStore() {
  const store = await openStore(await storePlace());
  onTestFinished(() => store.close());
  return store.feeds;
}

it('keeps the notes of each feed and replaces them', async () => {
  const feeds = await aFeedStore();

  expect(await feeds.feed(FEED)).toBeUndefined();
  await feeds.saveFeed(FEED, { etag: '"1"' });
  await feeds.saveFeed(FEED, { etag: '"2"', failures: 0 });
  await feeds.saveFeed('https://example.com/a.xml', {});

  expect(await feeds.feed(FEED)).toEqual({ etag: '"2"', failures: 0 });
  expect((await feeds.feeds()).map(({ url }) => url)).toEqual(['https://example.com/a.xml', FEED]);
});

it('remembers under which fingerprint an entry was finished, in each feed', async () => {
  const feeds = await aFeedStore();
  const seen = {
    feedUrl: FEED,
    canonicalUrl: 'https://example.com/final',
    entry: { title: 'Harbour win', text: '' },
    outcome: 'new',
  };

  await feeds.saveEntry({ ...seen, fingerprint: 'f1' });
  await feeds.saveEntry({ ...seen, fingerprint: 'f2', outcome: 'failed', reason: 'timeout' });

  expect(await feeds.entryFingerprint(FEED, seen.canonicalUrl)).toBe('f2');
  expect(await feeds.entryFingerprint(FEED, 'https://example.com/other')).toBeUndefined();
  expect(await feeds.entryFingerprint('https://example.com/a.xml', seen.canonicalUrl)).toBeUndefined();
});
