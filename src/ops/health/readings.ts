// How the parts of a running bot do, each by name: what an operator sees at a glance and a balancer decides by.
import { describeError } from '../../errors.js';
import type { App, Bots, IndexStatus, ModelServer, ModelState, PlatformState } from '../app.js';

export interface Reading {
  /** `degraded` = something stands in for it, or comes back by itself; `failed` = nobody can be answered. */
  status: 'ok' | 'off' | 'degraded' | 'failed';
  /** In a few words. */
  fact: string;
}

export type Readings = Record<string, Reading>;

/** Changes that the words' index may lack: a minute's news. With more it has not caught up, and another replica should answer. */
const MOST_BEHIND = 5000;

/** Asks every part; none keeps the others waiting for more than `limitMs`. */
export async function readParts(
  app: Pick<App, 'counts' | 'indexStatus' | 'model' | 'notice'>,
  bots: Pick<Bots, 'platforms'> | undefined,
  limitMs: number,
): Promise<Readings> {
  const [store, indexes] = await Promise.all([
    within(limitMs, async () => readStore(await app.counts())),
    within(limitMs, async () => readIndexes(await app.indexStatus(), app.notice())),
  ]);
  const words = 'status' in indexes ? { words: indexes, chroma: indexes } : indexes;
  return {
    store,
    ...words,
    model: readModel(app.model(), app.notice()),
    ...readServers(app.model().servers),
    ...readPlatforms(bots?.platforms()),
  };
}

function readStore({ articles, chunks }: { articles: number; chunks: number }): Reading {
  return { status: 'ok', fact: `${articles} articles in ${chunks} passages` };
}

function readIndexes(
  [words, semantic]: IndexStatus[],
  notice: string | undefined,
): { words: Reading; chroma: Reading } {
  const why = notice?.split('\n').find((line) => /semantic|exact scan/i.test(line));
  const chroma: Reading = semantic
    ? {
        status: why || /does not answer/.test(semantic.kind) ? 'degraded' : 'ok',
        fact: why ?? tell(semantic),
      }
    : { status: 'degraded', fact: why ?? 'semantic search is off' };
  const isReady = (words?.behind ?? 0) <= MOST_BEHIND;
  return { words: { status: isReady ? 'ok' : 'failed', fact: words ? tell(words) : '' }, chroma };
}

const tell = ({ behind, count, kind }: IndexStatus) =>
  `${count} passages, ${kind}${behind > 0 ? `, ${behind} behind` : ''}`;

/** `notice` = what the core says of itself, in lines; it names the file that is missing. */
export function readModel({ failures, isWanted, name, servers = [] }: ModelState, notice?: string): Reading {
  if (!isWanted) {
    return { status: 'off', fact: 'answers are quoted, as answers.generator says' };
  }
  if (name === undefined) {
    const why = notice?.split('\n').find((line) => line.startsWith('answers are quoted'));
    const fact = `answers are quoted: ${failures[0] ?? 'there is no language model'}`;
    return { status: 'degraded', fact: failures.length === 0 && why ? why : fact };
  }
  if (failures.length > 0) {
    return { status: 'degraded', fact: `${name} stands in: ${failures[0]}` };
  }
  const well = servers.filter(({ state }) => state === 'ready' || state === 'trial');
  if (servers.length > 0 && well.length === 0) {
    return { status: 'degraded', fact: `no server writes: ${servers[0]?.failure ?? 'none is open yet'}` };
  }
  return well.length < servers.length
    ? { status: 'degraded', fact: `${name}: ${well.length} of ${servers.length} servers write` }
    : { status: 'ok', fact: name };
}

/** Of several each by its name; what a single one lacks stands at `model`. */
function readServers(servers: ModelServer[] = []): Readings {
  const read = ({ failure = '', limit, state, writing }: ModelServer): Reading =>
    state === 'ready'
      ? { status: 'ok', fact: `writes ${writing} of ${limit}` }
      : { status: 'degraded', fact: [state, failure].filter(Boolean).join(': ') };
  return servers.length > 1 ? Object.fromEntries(servers.map((one) => [`model ${one.name}`, read(one)])) : {};
}

function readPlatforms(platforms: PlatformState[] = []): Readings {
  return Object.fromEntries(
    platforms.map(({ isConnected, name, problem }) => [
      name,
      isConnected
        ? { status: 'ok' as const, fact: 'connected' }
        : { status: 'degraded' as const, fact: problem ?? 'not connected; it is tried again by itself' },
    ]),
  );
}

async function within<Result>(limitMs: number, read: () => Promise<Result>): Promise<Result | Reading> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Reading>((resolve) => {
    timer = setTimeout(
      () => resolve({ status: 'failed', fact: `no answer within ${limitMs / 1000} s` }),
      limitMs,
    );
  });
  try {
    return await Promise.race([read(), late]);
  } catch (error) {
    return { status: 'failed', fact: describeError(error) };
  } finally {
    clearTimeout(timer);
  }
}
