// The Slack adapter over 60,000 questions (bench/soak.mjs says how):
//   node bench/slack-soak.mjs [--questions 60000] [--at-once 32]
// Exit 1 = the last tenth has over 10 % more than the second, or a question was not answered once within a minute.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadFakeSlack, startBot } from './slack-kit.mjs';
import { SPEED, soak, soakOptions } from './soak.mjs';

const { openFakeSlack, threadOf, visibleText } = await loadFakeSlack();
const slack = await openFakeSlack({ hasRateLimits: false, echoes: false, callsKept: 100 });
const dataDir = mkdtempSync(path.join(tmpdir(), 'slack-soak-'));
const bot = await startBot(slack, { dataDir, concurrent: 64, paceMs: 0, speed: SPEED, logLevel: 'warn' });
const { people, team, violations } = slack;
const channels = Array.from({ length: 50 }, (_, n) => team.channel(`channel-${n}`));

async function ask(n, person) {
  const channel = channels[(n + person) % channels.length];
  const { ts } = await people.mention(team.user(`person-${person}`), channel, `question ${n}`);
  const answers = () => threadOf(channel, ts).filter(({ botId }) => botId);
  return {
    shown: () => answers().filter(({ blocks }) => JSON.stringify(blocks).includes('Sources')).length,
    tell: () => JSON.stringify(answers().map(visibleText)),
    forget() {
      for (const message of threadOf(channel, ts)) {
        channel.messages.delete(message.ts);
      }
    },
  };
}

const isGood = await soak({ ask, bot, violations }, soakOptions());
await bot.stop();
await slack.close();
rmSync(dataDir, { recursive: true });
process.exitCode = isGood ? 0 : 1;
