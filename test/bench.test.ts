// Measurements are no part of the suite, but what they share with it must go on loading: a bench that broke in silence
// is found on the day its figure is needed.
import { expect, it } from 'vitest';

const load = (name: string) => import(new URL(`../bench/${name}.mjs`, import.meta.url).href);

it('lets the measurements have the loopback platforms of the tests', async () => {
  const [slack, discord] = [await load('slack-kit'), await load('discord-kit')];

  expect(await slack.loadFakeSlack()).toMatchObject({ openFakeSlack: expect.any(Function) });
  expect(await discord.loadFakeDiscord()).toMatchObject({ openFakeDiscord: expect.any(Function) });
});
