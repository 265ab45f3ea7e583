// The platforms of digest-process.mjs, by name: the post office, or the program's own client of Slack or Discord against a
// loopback server.
import { createDiscordBot } from '#src/bots/discord/discord-bot.js';
import { openSlack } from '#src/bots/slack/open-slack.js';
import { realTimers } from '#src/bots/timers.js';
import { postOfficePlatform } from '../test/fixtures/post-office.mjs';

const CALL_SECONDS = 5;
const clock = () => new Date();

/** Gives the digest's port of each. */
export function openPlatforms(given, { log, store }) {
  return Promise.all(given.map((each) => (OPEN[each.name] ?? office)(each, { log, store })));
}

const OPEN = { slack, discord };

function office({ name, of, officeUrl, perSecond }) {
  const rate = { perSecond: perSecond ?? Number.POSITIVE_INFINITY, of };
  return postOfficePlatform(officeUrl, { name, rate, timeoutMs: CALL_SECONDS * 1000 });
}

function slack({ apiUrl, appToken, botToken }, { log, store }) {
  const { installations } = store;
  return openSlack(
    { log, clock, newsClock: clock, timers: realTimers, installations, feeds: async () => [] },
    { botToken, appToken, apiUrl, own: 'a secret of the benches' },
    { mode: 'socket', sockets: 1, port: 0, callTimeoutSeconds: CALL_SECONDS },
  ).digests;
}

/** Its gateway tells what the bot may read. */
async function discord({ apiUrl, token }, { log }) {
  const settings = { closed: async () => [], setClosed: async () => {} };
  const platform = createDiscordBot(
    { log, clock, newsClock: clock, timers: realTimers, settings, feeds: async () => [] },
    {
      ...{ token, apiUrl, messageContent: 'off', sharding: 'inside', hasChannelLists: false },
      callTimeoutMs: CALL_SECONDS * 1000,
    },
  );
  await platform.start({ onMessage: async () => {}, onEdited: async () => {}, onDeleted: async () => {} });
  return { ...platform.digests, close: platform.pause };
}
