// Health and metrics of a running bot on a port of their own, so that a console that is opened to others shows no
// metrics. Served from the start to the end, whatever else is off.
import { serve } from './bots/web/serve.js';
import type { Settings } from './config.js';
import { describeError } from './errors.js';
import { addGauge, countProcess, feedEntries, feedPolls, readMetrics } from './metrics.js';
import type { App, Bots, Health } from './ops/app.js';
import { createHealthApp } from './ops/health/health-app.js';
import { readParts } from './ops/health/readings.js';
import { VERSION } from './version.js';

/** A part that does not say how it does within so long is taken to have failed. */
const READING_MS = 2000;
const SERVER_STATES = { ready: 1, trial: 0.5, opening: 0.5, away: 0 };
const ENTRY_OUTCOMES = ['new', 'changed', 'same', 'skipped', 'failed'] as const;

/** Undefined = `health.port` is 0. A port that is taken is told, and keeps nothing else from starting. */
export async function openHealth({ health }: Settings): Promise<Health | undefined> {
  if (health.port === 0) {
    return undefined;
  }
  let phase: 'starting' | 'running' | 'stopping' = 'starting';
  let parts: { app: App; bots: Bots | undefined } | undefined;
  countProcess();
  addGauges(() => parts);
  const app = createHealthApp({
    phase: () => phase,
    readings: async () => (parts ? readParts(parts.app, parts.bots, READING_MS) : {}),
    metrics: readMetrics,
    now: () => performance.now(),
  });
  const served = await serve(app, health).catch((error: unknown) => ({ problem: describeError(error) }));
  return {
    place: 'problem' in served ? undefined : served.url,
    problem: 'problem' in served ? served.problem.replace('web.port', 'health.port') : undefined,
    isRunning(app, bots) {
      parts = { app, bots };
      phase = 'running';
    },
    count(report) {
      if (report.kind === 'feed' && !report.feed.isBusy) {
        feedPolls.inc({ outcome: report.feed.error ? 'failed' : 'read' });
        for (const outcome of ENTRY_OUTCOMES) {
          feedEntries.inc({ outcome }, report.feed[outcome]);
        }
      }
    },
    isStopping() {
      phase = 'stopping';
    },
    close: async () => ('problem' in served ? undefined : served.close()),
  };
}

function addGauges(parts: () => { app: App; bots: Bots | undefined } | undefined): void {
  addGauge('build_info', 'The version of the program.', ['version'], async () => [
    { version: VERSION, value: 1 },
  ]);
  const app = async () => parts()?.app;
  addGauge('articles', 'Articles in the store.', [], async () => {
    const counts = await (await app())?.counts();
    return counts ? [{ value: counts.articles }] : [];
  });
  const indexes = async () => (await (await app())?.indexStatus()) ?? [];
  addGauge('index_passages', 'Passages in an index.', ['index'], async () =>
    (await indexes()).map(({ count, name }) => ({ index: name, value: count })),
  );
  addGauge('index_lag_revisions', 'Changes of the store that an index lacks.', ['index'], async () =>
    (await indexes()).map(({ behind, name }) => ({ index: name, value: behind })),
  );
  addGauge('questions_in_progress', 'Questions being answered, and those that wait.', ['state'], async () => {
    const load = parts()?.bots?.load();
    return load ? Object.entries(load).map(([state, value]) => ({ state, value })) : [];
  });
  addGauge('platform_connected', '1 = people are heard on the platform.', ['platform'], async () =>
    (parts()?.bots?.platforms() ?? []).map(({ isConnected, name }) => ({
      platform: name,
      value: isConnected ? 1 : 0,
    })),
  );
  addGauge('feeds', 'Feeds by how they do: new, ok, failing, waiting, gone.', ['condition'], async () =>
    countBy((await (await app())?.feeds.health()) ?? [], 'condition', ({ condition }) => condition),
  );
  addGauge('digests', 'Digests by their state.', ['state'], async () =>
    Object.entries((await (await app())?.digestStates()) ?? {}).map(([state, value]) => ({ state, value })),
  );
  addGauge(
    'model_slots',
    'Answers that the language model writes side by side, and how many.',
    ['state'],
    async () => {
      const load = parts()?.app.model().load;
      return load ? Object.entries(load).map(([state, value]) => ({ state, value })) : [];
    },
  );
  const servers = async () => parts()?.app.model().servers ?? [];
  addGauge(
    'model_server_state',
    'A model server: 1 = it writes, 0.5 = on trial or opening, 0 = away.',
    ['server'],
    async () => (await servers()).map(({ name, state }) => ({ server: name, value: SERVER_STATES[state] })),
  );
  addGauge(
    'model_server_answers_in_progress',
    'Answers that a model server writes now.',
    ['server'],
    async () => (await servers()).map(({ name, writing }) => ({ server: name, value: writing })),
  );
}

function countBy<Item>(items: Item[], label: string, of: (item: Item) => string) {
  const counts = new Map<string, number>();
  for (const item of items) {
    counts.set(of(item), (counts.get(of(item)) ?? 0) + 1);
  }
  return [...counts].map(([key, value]) => ({ [label]: key, value }));
}
