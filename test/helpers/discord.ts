// A loopback Discord for one test: it ends with the test, and what Discord would not have taken fails the test.
import { expect, onTestFinished } from 'vitest';
import {
  type FakeDiscord,
  type FakeDiscordOptions,
  openFakeDiscord,
} from '../fakes/discord/open-fake-discord.js';

export async function startDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const discord = await openFakeDiscord(options);
  onTestFinished(async () => {
    await discord.close();
    expect(discord.violations).toEqual([]);
  });
  return discord;
}
