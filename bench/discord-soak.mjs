// The Discord adapter over 60,000 questions (bench/soak.mjs says how):
//   node bench/discord-soak.mjs [--questions 60000] [--at-once 32]
// Exit 1 = the last tenth has over 10 % more than the second, or a question was not answered once within a minute.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answersIn, loadFakeDiscord, startBot } from './discord-kit.mjs';
import { SPEED, soak, soakOptions } from './soak.mjs';

const { openFakeDiscord, visibleText } = await loadFakeDiscord();
const discord = await openFakeDiscord({ hasRateLimits: false, callsKept: 100 });
const dataDir = mkdtempSync(path.join(tmpdir(), 'discord-soak-'));
const bot = await startBot(discord, { dataDir, concurrent: 64, paceMs: 0, factor: SPEED });
const { people, state, violations } = discord;
const guilds = Array.from({ length: 10 }, (_, n) => state.guild(`club ${n}`));
const channels = Array.from({ length: 50 }, (_, n) => state.channel(guilds[n % 10], `channel-${n}`));
for (const guild of guilds) {
  discord.events.guildAvailable(guild);
}

/** By turns a mention and a command: the one is a message of the person's, the other an interaction. */
async function ask(n, person) {
  const channel = channels[(n + person) % channels.length];
  const user = state.user(`person-${person}`);
  const text = `question ${n}`;
  const opener = n % 2 === 0 ? people.mention(user, channel, text).id : await command(user, channel, text);
  const answers = () => answersIn(state.channels.get(opener), text, state.bot.id, visibleText);
  return {
    shown: () => answers().filter(({ components }) => JSON.stringify(components).includes('Sources')).length,
    tell: () => JSON.stringify([...(state.channels.get(opener)?.messages.values() ?? [])].map(visibleText)),
    forget() {
      state.channels.delete(opener);
      channel.messages.delete(opener);
    },
  };
}

async function command(user, channel, text) {
  const interaction = people.command(user, channel, 'ask', { question: text });
  await interaction.acknowledged;
  return interaction.original?.id ?? '';
}

const isGood = await soak({ ask, bot, violations }, soakOptions());
await bot.stop();
await discord.close();
rmSync(dataDir, { recursive: true });
process.exitCode = isGood ? 0 : 1;
