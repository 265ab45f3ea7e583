// What the measurements of the Slack adapter share: the loopback Slack of the tests in this process, and the bot (its
// real core and store, a scripted generator) in a process of its own that can be killed.
import { fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadFakes } from './compile-tests.mjs';

/** The modules of the loopback Slack. */
export const loadFakeSlack = () =>
  loadFakes('slack', ['open-fake-slack', 'read-message', 'live-markup', 'state']);

/** Starts the bot; `options` as in slack-process.mjs. Comes back when its sockets are open. */
export async function startBot(slack, options) {
  const child = fork(path.join(import.meta.dirname, 'slack-process.mjs'), [], {
    env: {
      ...process.env,
      BOT: JSON.stringify({
        apiUrl: slack.apiUrl,
        appToken: slack.appToken,
        botToken: slack.team.botToken,
        ...options,
      }),
    },
    execArgv: ['--expose-gc', ...(process.env.BOT_ARGV ?? '').split(' ').filter(Boolean)],
  });
  /** When the core said the first sentence, by question. */
  const firstSentences = new Map();
  /** Lines of its log, as JSON. */
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
  await new Promise((resolve) => {
    answers = resolve;
  });
  await until(() => slack.sockets.count() >= (options.sockets ?? 2));
  return {
    firstSentences,
    problems,
    stalls,
    kill: () => child.kill('SIGKILL'),
    /** Bytes after a forced collection. */
    memory: () => ask('memory'),
    async stop() {
      child.send('stop');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** False = it did not come to pass in time. */
export async function until(isSo, limitMs = 120_000, everyMs = 5) {
  const end = Date.now() + limitMs;
  while (!isSo()) {
    if (Date.now() > end) {
      return false;
    }
    await sleep(everyMs);
  }
  return true;
}

/** 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** What the scripted core answers to a question: slack-process.mjs says it, sentence by sentence. */
export function sentencesFor(question) {
  return [
    `This is known of ${question}. [1]`,
    ' The second sentence has 24.75 crore & a <score> of 132/2. [2]',
    ' The third says who took 3 for 20. [1][2]',
  ];
}
