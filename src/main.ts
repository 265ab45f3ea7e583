// The composition root, the only file that knows both ends: settings -> store -> rag and feeds -> commands.
// Modules that a command does not need are not loaded: `parse-feed` opens no database, `ask` no extractor.
import { feedsFile, loadFeeds, type Settings } from './config.js';
import { loadCricketNames } from './cricket.js';
import { createDigestView } from './digest-view.js';
import type { Compose } from './digests/ports.js';
import type { Article, Clock } from './domain.js';
import { guardRules } from './guard-rules.js';
import { createLog, type Log } from './log.js';
import { makeFolder } from './make-folder.js';
import { once } from './once.js';
import type { BotParts } from './open-bots.js';
import { openChecks } from './open-checks.js';
import { openHold } from './open-hold.js';
import { operations } from './operations.js';
import type { App, Composition } from './ops/app.js';
import type { IndexWork } from './rag/index/catch-up.js';
import { lacksSomething } from './rag/index/index-status.js';
import { ragSettings } from './rag-settings.js';
import { aloneBy, countsOf, ragStoreOf } from './rag-store.js';
import { VERSION } from './version.js';

/** Only cli.ts imports this. */
export const composition: Composition = {
  ...operations,
  openApp,

  async openNews(settings, { clock }) {
    const log = createLog(settings.logLevel);
    makeFolder(settings.dataDir);
    const [{ openStore }, { createNews }, { createRecordedNews }] = await Promise.all([
      import('./store/open-store.js'),
      import('./open-news.js'),
      import('./recorded-news.js'),
    ]);
    const store = await openStore(...storePlace(settings, log));
    const news = createNews({ log, store, clock: clock ?? store.clock }, settings);
    return { ...createRecordedNews(news, news.audit), close: store.close };
  },

  async openExtractor(settings) {
    const { openFeeds } = await import('./feeds/open-feeds.js');
    const feeds = openFeeds({ log: createLog(settings.logLevel) }, settings);
    return { extract: feeds.extractBytes, fetchPage: feeds.fetchPage, close: feeds.close };
  },

  async parseFeed(bytes, options) {
    const { parseFeed } = await import('./feeds/parse.js');
    return parseFeed(Buffer.from(bytes), { ...options });
  },

  configuredFeeds: (settings, file) => loadFeeds(file ?? feedsFile(settings)),
  openChecks: (settings) =>
    openChecks(settings, { openApp, openNews: composition.openNews, openModels: operations.openModels }),
};

async function openApp(
  settings: Settings,
  options: Parameters<Composition['openApp']>[1] = {},
): Promise<App> {
  // The machine's own, which may be wrong, until there is a store whose time all processes share.
  let newsClock: Clock = options.clock ?? (() => new Date());
  const clock = () => newsClock();
  const log = createLog(settings.logLevel);
  makeFolder(settings.dataDir);
  const [
    { openRag },
    { chunkingName },
    { createNews },
    { createRecordedNews },
    { createNewsWork },
    { prepareStore, rechunk },
  ] = await Promise.all([
    import('./rag/open-rag.js'),
    import('./rag/index/chunking.js'),
    import('./open-news.js'),
    import('./recorded-news.js'),
    import('./news-work.js'),
    import('./prepare-store.js'),
  ]);
  const telemetry = options.isMeasured ? await import('./telemetry.js') : undefined;
  const names = loadCricketNames();
  const openingStore = once(async () => {
    const { openStore } = await import('./store/open-store.js');
    return openStore(...storePlace(settings, log));
  });
  const holding = once(async () => openHold(await openingStore()));
  const rag = await openRag(
    {
      log,
      names,
      guard: guardRules(settings),
      clock,
      alone: aloneBy(holding),
      openStore: async () => ragStoreOf(await openingStore()),
      observe: telemetry?.observe,
    },
    ragSettings(settings, options),
  ).catch(async (error: unknown) => {
    const opened = await openingStore().catch(() => undefined);
    await opened?.close();
    throw error;
  });
  const store = await openingStore();
  newsClock = options.clock ?? store.clock;
  const hold = await holding();
  const ask = telemetry?.observedAsk(rag.ask) ?? rag.ask;
  const chunker = once(async () => {
    const { createChunker } = await import('./rag/index/chunk.js');
    return createChunker(settings.chunks);
  });
  const chunkArticle = async (article: Article) => (await chunker())(article);
  const stored = { store, hold, chunkArticle, chunking: chunkingName(settings.chunks) };
  await prepareStore(stored, (progress) => options.onProgress?.('stories', progress));

  const news = { log, store, clock };
  const { openWork, engineNotice, ...ingest } = createNewsWork(
    { ...news, hold, chunkArticle, onNotice: options.onNotice },
    settings,
  );

  const isBehind = async () => (await rag.status()).some(({ behind }) => behind !== 0);
  let closeDigests = async () => {};
  const openingDigests = once(async () => {
    const { openDigests } = await import('./open-digests.js');
    const digests = openDigests({ names, stories: rag.stories, store });
    closeDigests = digests.close;
    return digests;
  });
  const compose: Compose = async (order, signal) => (await openingDigests()).compose(order, signal);
  const breaking: BotParts['breaking'] = {
    readWindow: async (window, signal) => (await openingDigests()).readRecent(window, signal),
    tellBreaking: async (...told) => (await openingDigests()).tellBreaking(...told),
  };

  const notice = () => [rag.notice(), engineNotice()].filter(Boolean).join('\n') || undefined;
  const counts = () => countsOf(store);
  const own = createNews(news, settings);
  const desks = { ...own, indexStatus: rag.status, counts, notice };

  return {
    ...desks,
    ...createRecordedNews(own, own.audit),
    ...ingest,
    ask,
    closedBook: rag.closedBook,
    prepareAnswers: rag.prepareAnswers,
    search: rag.search,
    digestView: createDigestView({ store, names, compose, newsClock: clock, clock: store.clock }, settings),

    async openJobs() {
      const work = await openWork();
      const onNews = (look: () => void) => store.onWake('news', look);
      const mustFollow = async () => (await rag.status()).some(lacksSomething);
      return { ...work, isBehind: mustFollow, onNews, catchUp: (signal) => rag.catchUp({ signal }) };
    },

    async openBots({ onServed } = {}) {
      const { openBots } = await import('./open-bots.js');
      const isCurrent = async () => !(await isBehind());
      const core = { ask, seekNews: rag.seekNews, compose, breaking, isCurrent };
      const console = { app: { ...desks, readWindow: breaking.readWindow }, onServed };
      return openBots({ log, store, newsClock: clock, names, ...core, ...console }, settings);
    },

    catchUp: (work) => rag.catchUp(asCommanded(work)),
    async erase(work) {
      await rag.erase(asCommanded(work));
      await store.remover.sweep();
    },
    rebuild: async (work) => {
      await rechunk(stored);
      await rag.rebuild(asCommanded(work));
    },
    model: rag.model,
    digestStates: store.digests.states,
    async close() {
      await closeDigests();
      await rag.close();
      await store.close();
    },
  };
}

/** Whoever typed a command wants it done when it ends, whichever process does it. */
const asCommanded = ({ onProgress, signal }: Parameters<App['catchUp']>[0]): IndexWork => ({
  isPatient: true,
  signal,
  onProgress: (name) => (progress) => onProgress(name, progress),
});

const storePlace = ({ backups, database, dataDir, secrets }: Settings, log: Log) =>
  [
    secrets.databaseUrl ?? dataDir,
    { backups: { ...backups, version: VERSION }, database, log },
  ] satisfies Parameters<typeof import('./store/open-store.js').openStore>;
