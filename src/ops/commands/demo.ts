// `demo`: the whole path on sample news, with no token, no download and no internet. The news is served as
// real feeds and pages on loopback, the clock stands at their last day, and beside the terminal the console is open.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONFIG_FOLDER, type Settings } from '../../config.js';
import { describeError } from '../../errors.js';
import type { App } from '../app.js';
import { openInBrowser } from '../open-in-browser.js';
import { startSampleSite } from '../sample-site.js';
import { EXIT, type Session } from '../session.js';
import { showAnswer } from './ask.js';

/** The reference recipe's three questions, and one that the articles cannot answer. */
const QUESTIONS = [
  "What's happening in the IPL auction?",
  'What are the latest updates about the Australian cricket team?',
  'Who is Shreyas Iyer and what is his role in the IPL?',
  'Who will captain England at the 2027 World Cup?',
];
const AFTER_NEWEST_MS = 5 * 60_000;
const KEY_MS = 12;

export async function runDemo(session: Session, { stay }: { stay?: boolean } = {}): Promise<number> {
  const site = await startSampleSite({ folder: path.join(CONFIG_FOLDER, 'sample-news'), port: 0 });
  const dataDir = mkdtempSync(path.join(tmpdir(), 'third-umpire-demo-'));
  const now = new Date(Date.parse(site.newest) + AFTER_NEWEST_MS);
  const demo: Session = { ...session, clock: () => now };
  try {
    await session.out(
      `${session.outStyle.paint('bold', 'Third Umpire')}: sample news of December 2023, served at ${site.url}\n\n`,
    );
    const settings = session.settings();
    const file = path.join(dataDir, 'feeds.yaml');
    // JSON is YAML.
    writeFileSync(file, JSON.stringify({ feeds: site.feeds }));
    const allowHosts = [...settings.feeds.allowHosts, new URL(site.url).host];
    const progress = session.progress();
    const app = await session.composition.openApp(
      { ...onLoopback(settings), dataDir, feeds: { ...settings.feeds, file, allowHosts } },
      { clock: demo.clock },
    );
    try {
      app.prepareAnswers();
      const names = new Map(site.feeds.map((feed) => [feed.url, feed.publisher ?? feed.url]));
      const work = {
        signal: session.signal,
        onProgress: (name: string, state: { done: number; total?: number | undefined }) =>
          progress.update(names.get(name) ?? name, state),
      };
      await app.ingestFeeds(site.feeds, work);
      await app.catchUp(work);
      progress.end();
      const bots = await app.openBots({ onServed: (url) => showConsole(demo, url) });
      await bots?.start();
      try {
        await converse(demo, app);
        await (stay && !session.signal.aborted ? once(session.signal, 'abort') : undefined);
      } finally {
        await bots?.stop();
      }
      return EXIT.done;
    } finally {
      await app.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    await site.close();
  }
}

/** With the console, and without the platforms of the real bot. */
function onLoopback({ secrets, web, ...settings }: Settings): Settings {
  return {
    ...settings,
    web: { ...web, enabled: true, host: '127.0.0.1', port: 0 },
    secrets: { ...secrets, slack: {}, discord: {}, webToken: undefined, databaseUrl: undefined },
  };
}

function showConsole({ errorStyle, note }: Session, url: string): void {
  note(`\nIn the browser: ${errorStyle.paint('bold', url)}`);
  if (isInteractive()) {
    openInBrowser(url);
  }
}

const isInteractive = () => process.stdin.isTTY && process.stdout.isTTY;

async function converse(session: Session, app: App): Promise<void> {
  for (const question of QUESTIONS) {
    await typeQuestion(session, question);
    await showAnswer(app, session, { id: 'demo', text: question });
  }
  const notice = app.notice();
  if (notice) {
    session.note(session.errorStyle.paint('dim', `\n${notice}`));
  }
  if (isInteractive()) {
    await promptLoop(session, app);
  }
}

/** As typed by a person on a terminal; at once in a pipe. */
async function typeQuestion({ out, outStyle, signal }: Session, question: string): Promise<void> {
  await out(`\n${outStyle.paint('green', '›')} `);
  for (const letter of outStyle.isRich ? question : [question]) {
    await out(outStyle.paint('bold', letter));
    await (outStyle.isRich ? sleep(KEY_MS, undefined, { signal }) : undefined);
  }
  await out('\n');
}

async function promptLoop(session: Session, app: App): Promise<void> {
  await session.out('\nAsk your own question ("exit" or Ctrl-D ends):\n');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const earlier: string[] = [];
  let choices: string[] = [];
  lines.setPrompt(`${session.outStyle.paint('green', '›')} `);
  lines.prompt();
  session.signal.addEventListener('abort', () => lines.close());
  lines.on('SIGINT', () => lines.close());
  for await (const text of lines) {
    if (/^\s*(exit|quit)\s*$/i.test(text)) {
      break;
    }
    if (text.trim() !== '') {
      try {
        // After a question back, a number is the choice of that number.
        const asked = choices[Number(text) - 1] ?? text;
        const answer = await showAnswer(app, session, {
          id: 'demo',
          text: asked,
          earlier: earlier.slice(-5),
        });
        choices = answer.choices ?? [];
        earlier.push(asked);
      } catch (error) {
        session.signal.throwIfAborted();
        session.note(describeError(error));
      }
    }
    lines.prompt();
  }
  await session.out('\n');
}
