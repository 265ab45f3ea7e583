// Questions while the gateway is closed, resumed and invalidated again and again:
//   node bench/discord-gateway.mjs [--questions 500] [--disturbances 200] [--guilds 8]
// Mentions go out at a steady pace whatever the gateway does. Each must be answered exactly once: what a lost session
// missed is caught up with. Exit 1 = one was not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { answersIn, loadFakeDiscord, startBot, until } from './discord-kit.mjs';

const { values } = parseArgs({
  options: {
    questions: { type: 'string', default: '500' },
    disturbances: { type: 'string', default: '200' },
    guilds: { type: 'string', default: '8' },
  },
});
const count = Number(values.questions);
const wanted = Number(values.disturbances);
const { openFakeDiscord, visibleText } = await loadFakeDiscord();
const discord = await openFakeDiscord({ hasRateLimits: false });
const { gateway, people, state } = discord;
const guilds = Array.from({ length: Number(values.guilds) }, (_, n) => state.guild(`club ${n}`));
const channels = guilds.map((guild, n) => state.channel(guild, `channel-${n}`));
const dataDir = mkdtempSync(path.join(tmpdir(), 'discord-gateway-'));
const bot = await startBot(discord, { dataDir, concurrent: 16, paceMs: 20 });

const kinds = [
  ['op 7', () => gateway.askToReconnect()],
  ['op 9, resumable', () => gateway.invalidate(true)],
  ['cut', () => gateway.cut()],
  ['close 4000', () => gateway.closeAll(4000)],
  ['op 9', () => gateway.invalidate(false)],
  ['close 4009', () => gateway.closeAll(4009)],
];
const done = new Map(kinds.map(([name]) => [name, 0]));
let disturbed = 0;
const disturbing = (async () => {
  while (disturbed < wanted) {
    await until(() => gateway.live().length > 0, 60_000);
    await sleep(150);
    // Discord lets a bot identify once in five seconds: sessions are lost less often than connections.
    const [name, disturb] = kinds[disturbed % 10 < 8 ? disturbed % 4 : 4 + (disturbed % 2)];
    disturb();
    done.set(name, done.get(name) + 1);
    disturbed += 1;
  }
})();
const asked = [];
for (let n = 0; n < count; n += 1) {
  const text = `question ${n}`;
  asked.push({
    text,
    message: people.mention(state.user(`person-${n % 50}`), channels[n % channels.length], text),
  });
  // Spread over all the disturbances.
  while (disturbed < (wanted * (n + 1)) / count - 1) {
    await sleep(20);
  }
}
await disturbing;
const answers = ({ message, text }) =>
  answersIn(state.channels.get(message.id), text, state.bot.id, visibleText);
await until(() => asked.every((one) => answers(one).length > 0), 120_000);
await sleep(5000);
const once = asked.filter((one) => answers(one).length === 1).length;
const twice = asked.filter((one) => answers(one).length > 1).length;
console.log(
  `${count} questions, ${disturbed} disturbances: ${[...done].map(([name, times]) => `${name} ${times}`).join(', ')}`,
);
console.log(`identified ${gateway.identifies()} times, resumed ${gateway.resumes()} times`);
console.log(
  `answered exactly once ${once}, more than once ${twice}, never ${count - once - twice}; violations ${discord.violations.length}; problems ${bot.problems.length}`,
);
for (const line of [...discord.violations, ...bot.problems].slice(0, 5)) {
  console.log(`  ${line}`);
}
await bot.stop();
await discord.close();
rmSync(dataDir, { recursive: true });
process.exitCode = once === count && discord.violations.length === 0 ? 0 : 1;
