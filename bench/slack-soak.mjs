// A long life in a short time: questions one after another, so many at once, in time that runs ten times as fast, so
// that leases, limits and what is forgotten come round; the memory of the bot's process by tenths of the way.
//   node bench/slack-soak.mjs [--questions 60000] [--at-once 32]
// Exit 1 = the last tenth has over 10 % more than the second, or a question was not answered.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadFakeSlack, startBot, until } from './slack-kit.mjs';

const { values } = parseArgs({
  options: { questions: { type: 'string', default: '60000' }, 'at-once': { type: 'string', default: '32' } },
});
const count = Number(values.questions);
const { openFakeSlack, threadOf } = await loadFakeSlack();
const slack = await openFakeSlack({ hasRateLimits: false, echoes: false, callsKept: 100 });
const dataDir = mkdtempSync(path.join(tmpdir(), 'slack-soak-'));
const bot = await startBot(slack, { dataDir, concurrent: 64, paceMs: 0, speed: 10 });
const { people, team } = slack;
const channels = Array.from({ length: 50 }, (_, n) => team.channel(`channel-${n}`));
const started = Date.now();
const tenths = [];
let asked = 0;
let unanswered = 0;

const isDone = (channel, ts) =>
  threadOf(channel, ts).some(
    ({ blocks, botId }) => botId && blocks.length > 0 && JSON.stringify(blocks).includes('Sources'),
  );

/** Asks one after another until all are asked; what is done is forgotten here. */
async function person(n) {
  while (asked < count) {
    const at = asked;
    asked += 1;
    const channel = channels[(n + at) % channels.length];
    const question = await people.mention(team.user(`person-${n}`), channel, `question ${at}`);
    unanswered += (await until(() => isDone(channel, question.ts), 60_000)) ? 0 : 1;
    for (const { ts } of threadOf(channel, question.ts)) {
      channel.messages.delete(ts);
    }
    if (at % (count / 10) === count / 10 - 1) {
      const { heap, rss } = await bot.memory();
      tenths.push(rss);
      const minutes = ((Date.now() - started) / 60_000).toFixed(1);
      console.log(
        `${at + 1} questions, ${minutes} min: RSS ${(rss / 1e6).toFixed(0)} MB, heap ${(heap / 1e6).toFixed(0)} MB`,
      );
    }
  }
}

await Promise.all(Array.from({ length: Number(values['at-once']) }, (_, n) => person(n)));
const growth = tenths[9] / tenths[1] - 1;
console.log(
  `last tenth against second: ${(growth * 100).toFixed(1)} %; unanswered ${unanswered}; violations ${slack.violations.length}`,
);
await bot.stop();
await slack.close();
rmSync(dataDir, { recursive: true });
process.exitCode = growth < 0.1 && unanswered === 0 && slack.violations.length === 0 ? 0 : 1;
