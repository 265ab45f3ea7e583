// Many commands at one moment, each by its own person in its own channel, with Discord's rate limits on:
//   node bench/discord-load.mjs [--questions 200] [--concurrent 4] [--pace 400] [--at-once 200]
// Prints how long an interaction waits for its deferral, how long the core's first sentence waits to be seen, how many
// calls met a 429, and whether each question was answered once. Exit 1 = one was not, or there was a 429.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { answersIn, loadFakeDiscord, percentile, startBot, until } from './discord-kit.mjs';

const { values } = parseArgs({
  options: {
    questions: { type: 'string', default: '200' },
    'at-once': { type: 'string', default: '200' },
    concurrent: { type: 'string', default: '4' },
    pace: { type: 'string', default: '400' },
    guilds: { type: 'string', default: '20' },
  },
});
const count = Number(values.questions);
const { openFakeDiscord, visibleText } = await loadFakeDiscord();
const discord = await openFakeDiscord();
const { people, state } = discord;
const guilds = Array.from({ length: Number(values.guilds) }, (_, n) => state.guild(`club ${n}`));
const channels = Array.from({ length: count }, (_, n) =>
  state.channel(guilds[n % guilds.length], `channel-${n}`),
);
const askers = Array.from({ length: count }, (_, n) => state.user(`person-${n}`));
const dataDir = mkdtempSync(path.join(tmpdir(), 'discord-load-'));
const bot = await startBot(discord, {
  dataDir,
  concurrent: Number(values.concurrent),
  paceMs: Number(values.pace),
});

const asked = [];
const isWhole = ({ interaction, text }) =>
  answersIn(state.channels.get(interaction.original?.id), text, state.bot.id, visibleText).filter((message) =>
    JSON.stringify(message.components).includes('Sources'),
  ).length === 1;
let isAllWell = true;
for (let from = 0; from < count; from += Number(values['at-once'])) {
  for (let n = from; n < Math.min(count, from + Number(values['at-once'])); n += 1) {
    const text = `question ${n}`;
    asked.push({ text, interaction: people.command(askers[n], channels[n], 'ask', { question: text }) });
  }
  isAllWell = (await until(() => asked.every(isWhole), 500_000)) && isAllWell;
}
const acks = asked.map(({ interaction }) => interaction.ackMs ?? Number.NaN);
const toText = asked.flatMap(({ interaction, text }) => {
  const call = discord.calls.find(
    ({ body, outcome, path: where }) =>
      outcome === '200' &&
      where.includes(`/channels/${interaction.original?.id}/messages`) &&
      JSON.stringify(body ?? '').includes(`This is known of ${text}`),
  );
  return call ? [call.at - bot.firstSentences.get(text)] : [];
});
const gaps = [...state.channels.values()].flatMap(({ messages }) =>
  [...messages.values()]
    .filter(({ author, interactionId }) => author === state.bot && !interactionId)
    .flatMap(({ history }) => history.slice(1).map(({ at }, i) => at - history[i].at)),
);
const show = (times) =>
  `p50 ${Math.round(percentile(times, 0.5))} ms  p95 ${Math.round(percentile(times, 0.95))} ms  max ${Math.round(percentile(times, 1))} ms`;
console.log(
  `${count} questions, ${values['at-once']} at once, ${values.concurrent} answered at a time, rate limits on`,
);
console.log(`deferral        ${show(acks)}  (failed ${discord.interactions.failed()})`);
console.log(`first sentence  ${show(toText)}  (${toText.length} seen)`);
console.log(
  `edits of a message at least ${Math.round(percentile(gaps, 0))} ms apart; busiest second ${discord.limits.busiest()} calls`,
);
console.log(
  `whole and once  ${asked.filter(isWhole).length} of ${count}; 429s ${discord.limits.refused()}; violations ${discord.violations.length}; problems ${bot.problems.length}`,
);
for (const line of [...discord.violations, ...bot.problems].slice(0, 5)) {
  console.log(`  ${line}`);
}
await bot.stop();
await discord.close();
rmSync(dataDir, { recursive: true });
process.exitCode = isAllWell && discord.violations.length === 0 && discord.limits.refused() === 0 ? 0 : 1;
