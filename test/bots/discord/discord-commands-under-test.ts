// The loopback Discord as the contract of commands about digests wants a platform.
import { PermissionFlagsBits } from 'discord.js';
import { expect } from 'vitest';
import type { DigestDesk } from '#src/bots/digest-desk.js';
import { openFakeDiscord } from '../../fakes/discord/open-fake-discord.js';
import { buttonsOf, visibleText } from '../../fakes/discord/read-message.js';
import type { FakeMessage } from '../../fakes/discord/state.js';
import { connected, discordAdapter } from '../../helpers/discord-bot.js';
import { until } from '../../helpers/processes.js';
import { recordingBot } from '../../helpers/recording-bot.js';
import type { CommandsUnderTest, Who } from '../digest-commands-contract.js';

export async function discordCommandsUnderTest(desk: DigestDesk): Promise<CommandsUnderTest> {
  const discord = await openFakeDiscord({ hasRateLimits: false });
  const { people, state } = discord;
  const guild = state.guild('club');
  const channel = state.channel(guild, 'cricket');
  const role = { id: state.nextId(), name: 'captains', permissions: PermissionFlagsBits.ManageGuild };
  guild.roles.set(role.id, role);
  const users = { manager: state.user('ann'), guest: state.user('ben'), direct: state.user('cat') };
  guild.members.set(users.manager.id, new Set([role.id]));
  const platform = discordAdapter(discord, { digests: desk });
  await platform.start(recordingBot());
  await connected(platform);
  const where = (who: Who) => (who === 'direct' ? state.direct(users.direct) : channel);

  const toldTo = (who: Who): FakeMessage[] =>
    [...where(who).messages.values()].filter(({ ephemeralFor }) => ephemeralFor === users[who].id);

  async function answered(who: Who, name: string, options: Record<string, string> = {}): Promise<void> {
    const interaction = people.command(users[who], where(who), name, options);
    await until('the command is answered', () => (interaction.original?.components.length ?? 0) > 0);
  }

  return {
    platform: platform.digests as NonNullable<typeof platform.digests>,
    hasManagers: true,
    place: (who) => ({
      platform: 'discord',
      tenant: who === 'direct' ? 'direct' : guild.id,
      channel: where(who).id,
    }),
    user: (who) => users[who].id,
    set: (who, settings) => answered(who, 'digest here', settings),
    act: (who, action) => answered(who, `digest ${action}`),
    follow: (who, name, isFollowed = true) => answered(who, isFollowed ? 'follow' : 'unfollow', { name }),
    async press(who, label) {
      const message = [...where(who).messages.values()].findLast((one) =>
        buttonsOf(one).some((button) => button.label === label),
      );
      const interaction = people.press(users[who], message as FakeMessage, label);
      await until('the press is answered', () => (interaction?.original?.components.length ?? 0) > 0);
    },
    told: (who) => toldTo(who).map(visibleText),
    async close() {
      await platform.pause();
      await platform.stop();
      await discord.close();
      expect(discord.violations).toEqual([]);
    },
  };
}
