import { expect, it } from 'vitest';
import { feedHealthOf } from '#src/feed-health.js';
import type { FeedState } from '#src/feeds/ports.js';

async function healthOf(state: FeedState) {
  const feeds = async <State>() => [{ url: 'https://example.com/rss', state: state as State }];
  return (await feedHealthOf({ feeds }))[0];
}

it('tells of a feed that does well', async () => {
  const state = { title: 'The Example', failures: 0, lastSuccessAt: '2023-12-19T15:00:00.000Z' };

  expect(await healthOf(state)).toEqual({
    url: 'https://example.com/rss',
    title: 'The Example',
    lastSuccessAt: '2023-12-19T15:00:00.000Z',
    failingSince: undefined,
    isRetired: false,
  });
});

it('tells since when a feed fails or is gone', async () => {
  const failing = await healthOf({ failures: 2, failingSince: '2023-12-18T15:00:00.000Z' });
  const gone = await healthOf({ failures: 1, retiredAt: '2023-12-17T15:00:00.000Z' });

  expect(failing).toMatchObject({ failingSince: '2023-12-18T15:00:00.000Z', isRetired: false });
  expect(gone).toMatchObject({ failingSince: '2023-12-17T15:00:00.000Z', isRetired: true });
});
