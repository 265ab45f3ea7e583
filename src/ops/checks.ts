// What `doctor` looks at. Later parts of the program add their checks to the list.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Feed } from '../domain.js';
import { describeError } from '../errors.js';
import type { App, IndexStatus } from './app.js';
import type { Check, CheckResult } from './doctor.js';
import { checkClock, checkDisk, checkGpu, checkNode } from './machine-checks.js';
import { checkServers } from './models/check-servers.js';
import type { AskedServer, CheckedModel } from './models/model-desk.js';
import { gigabytes } from './models/plan-memory.js';
import type { Gpu } from './models/query-gpu.js';

/** What the checks need; each is called at most once. */
export interface CheckDeps {
  dataDir: string;
  openApp(): Promise<App>;
  /** Those that are followed: of the feeds file and added ones. */
  feeds(): Promise<Feed[]>;
  /** The browser for pages that need JavaScript, or why there is none and whether one is wanted. */
  findBrowser(): Promise<{ path: string } | { path?: undefined; reason: string; isWanted: boolean }>;
  /** The servers of LLM_BASE_URL, asked what they run; [] = none is named. */
  askServers(): Promise<AskedServer[]>;
  /** `bots.concurrent` of the settings. */
  questionsAtOnce: number;
  /** The guard model, tried with a harmless question; undefined = none is wanted. Throws why it has no verdict. */
  tryGuard(signal: AbortSignal): Promise<string | undefined>;
  /** The configured model file on this machine; undefined = it is not there. Throws what is wrong with it. */
  checkModel(): Promise<CheckedModel | undefined>;
  /** The time by another machine's clock; absent or undefined = none could be asked. */
  timeElsewhere?(signal: AbortSignal): Promise<Date | undefined>;
  /** What NVIDIA's driver tells; undefined = no such GPU, or no driver. */
  queryGpu(): Promise<Gpu | undefined>;
  /** `model.gpu` of the settings. */
  wantedGpu: string;
  /** Whether the feed's address answers; throws what it answered else. */
  fetchFeed(url: string, signal: AbortSignal): Promise<void>;
}

export function createChecks(deps: CheckDeps): Check[] {
  return [
    { name: 'node', run: async () => checkNode(process.versions.node) },
    {
      name: 'clock',
      run: async (signal) =>
        checkClock(new Date(), await deps.timeElsewhere?.(signal).catch(() => undefined)),
    },
    { name: 'disk', run: async () => checkDisk(deps.dataDir) },
    { name: 'store', run: () => withApp(deps, checkStore) },
    { name: 'indexes', run: () => withApp(deps, checkIndexes) },
    { name: 'embedder', run: () => withApp(deps, checkEmbedder) },
    { name: 'chroma', run: () => withApp(deps, checkChroma) },
    { name: 'gpu', run: async () => checkGpu(await deps.queryGpu(), deps.wantedGpu) },
    { name: 'language model', run: () => checkModel(deps) },
    { name: 'guard model', run: (signal) => checkGuard(deps, signal) },
    { name: 'browser', run: (signal) => checkBrowser(deps, signal) },
    { name: 'feeds', run: (signal) => checkFeeds(deps, signal) },
  ];
}

async function checkStore(app: App): Promise<CheckResult> {
  const { articles, chunks, newest } = await app.counts();
  const fact = `${articles} articles in ${chunks} passages${newest ? `, newest ${newest.slice(0, 10)}` : ''}`;
  return articles > 0 ? { status: 'ok', fact } : { status: 'warn', fact, fix: 'run: third-umpire ingest' };
}

async function checkIndexes(app: App): Promise<CheckResult> {
  const indexes = await app.indexStatus();
  const late = indexes.filter((index) => index.behind > 0);
  const fact = indexes.map(({ count, kind, name }) => `${name}: ${count} (${kind})`).join(', ');
  return late.length === 0
    ? { status: 'ok', fact }
    : {
        status: 'warn',
        fact,
        fix: `${late.map(({ name }) => name).join(', ')} is behind; run: third-umpire ingest`,
      };
}

/** The name of the semantic index, as `semantic (all-MiniLM-L6-v2-384)`, holds the embedder that was opened for it. */
async function semanticIndex(app: App): Promise<IndexStatus | undefined> {
  return (await app.indexStatus()).find(({ name }) => name.startsWith('semantic'));
}

async function checkEmbedder(app: App): Promise<CheckResult> {
  const index = await semanticIndex(app);
  if (index) {
    return { status: 'ok', fact: index.name.replace(/^semantic \((.*)\)$/, '$1') };
  }
  const fact = app.notice()?.split('\n')[0] ?? 'semantic search is off';
  return {
    status: 'warn',
    fact,
    fix: 'run: third-umpire ingest, or set embedding.model to a folder with weights',
  };
}

async function checkChroma(app: App): Promise<CheckResult> {
  const index = await semanticIndex(app);
  const standIn = app
    .notice()
    ?.split('\n')
    .find((line) => line.includes('exact scan'));
  if (!index) {
    return { status: 'ok', fact: 'not needed: semantic search is off' };
  }
  const fix =
    'mend CHROMA_URL or start that server; without it, look at the disk and the log (--log-level debug)';
  return standIn || index.kind.includes('does not answer')
    ? { status: 'warn', fact: standIn ?? index.kind, fix }
    : { status: 'ok', fact: `${index.kind}, ${index.count} passages` };
}

async function checkModel(deps: CheckDeps): Promise<CheckResult> {
  const servers = await deps.askServers();
  if (servers.length > 0) {
    return checkServers(servers, deps.questionsAtOnce);
  }
  try {
    const model = await deps.checkModel();
    if (!model) {
      const fix = 'run: third-umpire model pull, or set LLM_BASE_URL';
      return { status: 'warn', fact: 'none: answers are quoted from the articles', fix };
    }
    const { advice, gpu, name, plan, quantization } = model;
    const where = gpu
      ? `${plan.gpuLayers} of ${plan.layers} layers on ${gpu.name}${gpu.driver && ` (driver ${gpu.driver})`}`
      : 'no NVIDIA GPU is seen, so on the processor';
    const fact = `${name} ${quantization}, ${gigabytes(plan.totalBytes)}, ${where}`;
    return advice.length > 0 ? { status: 'warn', fact, fix: advice.join('; ') } : { status: 'ok', fact };
  } catch (error) {
    return { status: 'fail', fact: describeError(error), fix: 'run: third-umpire model list' };
  }
}

async function checkGuard({ tryGuard }: CheckDeps, signal: AbortSignal): Promise<CheckResult> {
  try {
    const fact = await tryGuard(signal);
    return { status: 'ok', fact: fact ?? 'off: questions and answers are judged by rules alone' };
  } catch (error) {
    const fix = 'mend moderation.guard, GUARD_BASE_URL and GUARD_API_KEY; until then nothing is answered';
    return { status: 'fail', fact: describeError(error), fix };
  }
}

async function checkBrowser(deps: CheckDeps, signal: AbortSignal): Promise<CheckResult> {
  const found = await deps.findBrowser();
  if (found.path === undefined) {
    return found.isWanted
      ? {
          status: 'warn',
          fact: 'none: pages that need JavaScript are read from their feeds',
          fix: found.reason,
        }
      : { status: 'ok', fact: `off (${found.reason})` };
  }
  const { stdout } = await promisify(execFile)(found.path, ['--version'], { signal });
  return { status: 'ok', fact: `${stdout.trim()} (${found.path})` };
}

async function checkFeeds(deps: CheckDeps, signal: AbortSignal): Promise<CheckResult> {
  const feeds = await deps.feeds();
  if (feeds.length === 0) {
    return { status: 'warn', fact: 'none is followed', fix: 'run: third-umpire feeds add URL' };
  }
  const results = await Promise.allSettled(feeds.map((feed) => deps.fetchFeed(feed.url, signal)));
  const dead = results.flatMap((result) =>
    result.status === 'rejected' ? [describeError(result.reason)] : [],
  );
  const fact = `${feeds.length - dead.length} of ${feeds.length} answer`;
  if (dead.length === 0) {
    return { status: 'ok', fact };
  }
  const told = `${dead.slice(0, 3).join('; ')}${dead.length > 3 ? `; and ${dead.length - 3} more` : ''}`;
  return dead.length === feeds.length
    ? { status: 'fail', fact, fix: `check this machine's way to the internet (or set HTTPS_PROXY): ${told}` }
    : { status: 'warn', fact, fix: `see third-umpire feeds, and remove what is gone for good: ${told}` };
}

/** One app serves all checks, so that they see the same state and open it once. */
async function withApp(deps: CheckDeps, check: (app: App) => Promise<CheckResult>): Promise<CheckResult> {
  return check(await deps.openApp());
}
