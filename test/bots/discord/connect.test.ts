// The connection to the gateway as it begins and ends.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { connectDiscord } from '#src/bots/discord/connect.js';
import { realTimers } from '#src/bots/timers.js';
import type { FakeDiscord } from '../../fakes/discord/open-fake-discord.js';
import { startDiscord } from '../../helpers/discord.js';
import { until } from '../../helpers/processes.js';
import { watchedLog } from '../../helpers/watched-log.js';

function connect({ apiUrl, token }: FakeDiscord) {
  const connection = connectDiscord(
    { log: watchedLog(), timers: realTimers, onPacket() {} },
    { apiUrl, token, hasMessageContent: true },
  );
  onTestFinished(() => connection.close());
  return connection;
}

it.each(['before it asks', 'while it asks where to connect', 'while it connects'])(
  'leaves nothing open when it is stopped %s',
  async (when) => {
    const discord = await startDiscord();
    const connection = connect(discord);
    const ending = new AbortController();
    discord.faults.next('GET /gateway/bot', { delayMs: 200 });
    // Whether it was there by then is not what is asked.
    const opening = connection.open(ending.signal).catch(() => {});
    if (when === 'while it asks where to connect') {
      await until('it asks', () => discord.calls.length > 0);
    } else if (when === 'while it connects') {
      await until('it identifies', () => discord.gateway.identifies() > 0);
    }

    ending.abort(new Error('stopped'));
    await connection.close();
    await opening;
    // Longer than it would take to be there.
    await sleep(600);

    expect(discord.gateway.live()).toEqual([]);
  },
);

it('tries again what passes by itself, and says in plain words what does not', async () => {
  const discord = await startDiscord();
  discord.faults.next('GET /gateway/bot', { status: 500 });
  const connection = connect(discord);
  await connection.open(new AbortController().signal);
  expect(discord.gateway.live()).toHaveLength(1);

  discord.gateway.refuseNext(4014);
  const refused = connect(discord);
  await expect(refused.open(new AbortController().signal)).rejects.toMatchObject({
    code: 'discord_refused',
    message: expect.stringContaining('Message Content Intent'),
  });
  expect(discord.gateway.identifies()).toBe(2);
}, 30_000);
