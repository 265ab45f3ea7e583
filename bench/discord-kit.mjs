// What the measurements of the Discord adapter share: the loopback Discord of the tests in this process, and the bot
// (its real core and store, a scripted generator) in processes of its own.
import { fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadFakes } from './compile-tests.mjs';

/** The modules of the loopback Discord. */
export const loadFakeDiscord = () =>
  loadFakes('discord', ['open-fake-discord', 'read-message', 'live-markdown']);

/** Starts a bot, or with `plain` a bare client of discord.js; `options` as in discord-process.mjs. */
export async function startBot(discord, options = {}, environment = {}) {
  const child = fork(path.join(import.meta.dirname, 'discord-process.mjs'), [], {
    env: {
      ...process.env,
      ...environment,
      BOT: JSON.stringify({ apiUrl: discord.apiUrl, token: discord.token, ...options }),
    },
    execArgv: ['--expose-gc'],
  });
  /** When the core said the first sentence, by question. */
  const firstSentences = new Map();
  const problems = [];
  /** {ms, cpu}: times that its process stood still (watch-stalls.mjs). */
  const stalls = [];
  let answers = () => {};
  child.on('message', (message) => {
    if (message.first) {
      firstSentences.set(message.first, message.at);
    } else if (message.problem) {
      problems.push(message.problem);
    } else if (message.stall) {
      stalls.push(message.stall);
    } else {
      answers(message);
    }
  });
  const ask = (word) =>
    new Promise((resolve) => {
      answers = resolve;
      child.send(word);
    });
  const started = await new Promise((resolve) => {
    answers = resolve;
  });
  return {
    started,
    firstSentences,
    problems,
    stalls,
    /** {rss, heap, threads} after a forced collection, in bytes. */
    memory: () => ask('memory'),
    async stop() {
      child.send('stop');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** False = it did not come to pass in time. */
export async function until(isSo, limitMs = 120_000) {
  for (const end = Date.now() + limitMs; !isSo(); ) {
    if (Date.now() > end) {
      return false;
    }
    await sleep(10);
  }
  return true;
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** What the scripted core answers: discord-process.mjs says it, sentence by sentence. */
export const sentencesFor = (question) => [
  `This is known of ${question}. [1]`,
  ' The second sentence has 24.75 crore & a <score> of 132/2. [2]',
  ' The third says who took 3 for 20. [1][2]',
];

/** The answers to a question: the bot's messages in its thread that hold the first sentence. */
export function answersIn(channel, question, botId, visibleText) {
  return [...(channel?.messages.values() ?? [])].filter(
    (message) =>
      message.author.id === botId && visibleText(message).includes(`This is known of ${question}. `),
  );
}
