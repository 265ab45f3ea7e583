// All that replicas need, and people who ask them: for bench/replicas.mjs.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compileTestFolder } from './compile-tests.mjs';
import { openSlowModel } from './life-kit.mjs';
import { openChromaServer, openDatabase, openFeedServer, replicasOf } from './replicas-kit.mjs';
import { loadFakeSlack, until } from './slack-kit.mjs';

/** How an answer ends: with its sources, with the nearest reports, with a refusal or with an apology. */
const ENDS = {
  // "question 455" is taken for a swear word.
  refused: /keep it friendly/g,
  answered: /Sources\n/g,
  abstained: /not enough evidence|do not say/gi,
  apologised:
    /I was restarted|I am being restarted|Busy[:.]|it took (longer|too long)|cannot be reached|does not answer|broke off|restarted while|cannot be read|went wrong/g,
};
const FIRST_PORT = 19_400;
const START_MS = 180_000;

/** A model of the tests: as the library loads it, and quick. */
async function smallModel(folder) {
  const helpers = compileTestFolder('helpers', ['make-embedding-model', 'vectors']);
  const { makeEmbeddingModel } = await import(`${helpers}/make-embedding-model.js`);
  return makeEmbeddingModel(folder);
}

export async function openScene({ concurrent, data, embedding, feeds: feedCount, replicas, seconds }) {
  const { openFakeSlack, threadOf, visibleText } = await loadFakeSlack();
  const slack = await openFakeSlack({ hasRateLimits: false });
  const cluster = await openDatabase();
  const folder = mkdtempSync(path.join(tmpdir(), 'replicas-data-'));
  const chroma = embedding === 'none' ? undefined : await openChromaServer(path.join(folder, 'chroma'));
  const model = embedding === 'small' ? await smallModel(path.join(folder, 'embedding')) : embedding;
  const feeds = await openFeedServer({ count: feedCount, entries: 10, seconds: 8 });
  const writer = await openSlowModel({ secondsFor: () => seconds });
  const program = replicasOf({
    ...{ cluster, chroma, feeds, embedding: model },
    environment: {
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.team.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      LLM_BASE_URL: writer.baseUrl,
      LLM_MODEL: 'slow',
    },
    settings: {
      answers: { minConfidence: 0 },
      scope: 'any',
      slack: { sockets: 1 },
      bots: { concurrent, waiting: 5000, limits: { user: 0, channel: 0, workspace: 0 } },
      model: { openai: { limit: concurrent } },
    },
  });
  if (data) {
    cpSync(data, path.join(folder, 'store'), { recursive: true });
    program.copyStore(path.join(folder, 'store'));
  }
  // Copies go to two sockets that follow each other, of which each replica has one.
  slack.deliverer.copies(2);
  const started = [];
  /** Replicas that ended by themselves, as one does that starts while the database is away; started again, as a supervisor does. */
  const ended = [];
  const start = (at) => {
    started[at] = program.start(`replica-${at + 1}`, FIRST_PORT + at, (end) => {
      ended.push(end);
      setTimeout(() => start(at), 1000);
    });
  };
  let count = 0;

  async function askOne(title) {
    count += 1;
    const channel = slack.team.channel(`channel-${count}`);
    const text = `What is told of "${title}", question ${count}?`;
    const message = await slack.people.mention(slack.team.user(`person-${count}`), channel, text);
    return { channel, message, n: count };
  }

  function verdict({ channel, message, n }) {
    const posts = threadOf(channel, message.ts).filter(({ botId, ephemeralFor }) => botId && !ephemeralFor);
    const text = posts.map(visibleText).join('\n');
    const found = Object.entries(ENDS).flatMap(([kind, mark]) => (text.match(mark) ?? []).map(() => kind));
    const isOpen = posts.some(({ stream }) => stream?.isOpen);
    return {
      kind: found.at(-1) ?? (posts.length === 0 ? 'nothing' : 'no end'),
      isEnded: found.length > 0 && !isOpen,
      isOnce: found.length === 1 && !isOpen && posts.length === 1,
      text: `question ${n}: ${found.join()}${isOpen ? ' (open)' : ''}, ${posts.length} posts: ${text}`,
    };
  }

  async function close(isKept = false) {
    await Promise.all(started.map((one) => one.stop()));
    await slack.close();
    writer.close();
    feeds.close();
    await chroma?.close();
    await cluster.close();
    if (!isKept) {
      program.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  process.once('SIGTERM', () => void close().finally(() => process.exit(1)));

  return {
    ...{ slack, cluster, chroma, feeds, started, start, ended, verdict, close },
    async startAll() {
      for (let at = 0; at < replicas; at += 1) {
        start(at);
      }
      const areReady = async () => {
        const ready = await Promise.all(started.map((one) => one.isReady()));
        return ready.every(Boolean) && slack.sockets.count() === replicas;
      };
      for (const end = Date.now() + START_MS; !(await areReady()); await sleep(200)) {
        if (Date.now() > end) {
          throw new Error(`the replicas do not start: ${started.map((one) => one.said()).join('\n')}`);
        }
      }
      while ((await cluster.rows('select id from articles limit 1'))?.length !== 1) {
        await sleep(100);
      }
    },
    /** Comes back when all are asked. */
    async ask(questions, perSecond) {
      const articles = await cluster.rows('select title from articles order by id');
      const asked = [];
      const from = performance.now();
      for (let n = 0; n < questions; n += 1) {
        await sleep(Math.max(0, (n * 1000) / perSecond - (performance.now() - from)));
        asked.push(askOne(articles[n % articles.length].title));
      }
      return Promise.all(asked);
    },
    answersTo: (asked) => until(() => asked.every((one) => verdict(one).isEnded), 600_000, 100),
    /** Feeds that were asked again sooner than they allow. */
    polledTwice: (gapMs) =>
      [...feeds.asked].flatMap(([feed, times]) =>
        times.flatMap((time, i) =>
          i > 0 && time - times[i - 1] < gapMs ? [`${feed} after ${time - times[i - 1]} ms`] : [],
        ),
      ),
  };
}
