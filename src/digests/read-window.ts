// The stories of a window: its articles and those of the days before, read, compared and grouped once for all who
// order a digest of that window. The days before are there so that what was told is known again.
import { setImmediate } from 'node:timers/promises';
import type { Article, Story } from '../domain.js';
import type { ClusteredStory, ClusterTask } from './cluster-stories.js';
import type { GameName } from './follow.js';
import { kindOf, type StoryKind } from './kind.js';
import type { Window } from './ports.js';
import { type Reading, readArticle } from './read-article.js';

/** Articles that tell of one event. */
export interface WindowStory {
  /** Of the window, newest first; at least one. */
  articles: Article[];
  /** Of the days before. */
  earlier: Article[];
  /** Of the window, one a report: copies of one report are one witness. */
  reports: { publisher: string; articleIds: string[] }[];
  /** Ids of articles of other stories, of which at most one is told beside it (ClusteredStory.kin). */
  kin: string[];
  kind: StoryKind;
  /** In the headlines and openings. */
  names: GameName[];
  /** As Reading.sides. */
  sides: string[];
}

export interface WindowDeps {
  /** As `DigestNewsStore.articlesBetween`. */
  articlesBetween(from: string, to: string, limit: number): Promise<Article[]>;
  /** Each article's copies, by article id; one without copies is absent. */
  copiesOf(articleIds: string[]): Promise<Map<string, Story>>;
  /** For each word its log inverse share of texts, more than 0. */
  raritiesOf(words: string[]): Promise<Map<string, number>>;
  findNames(text: string): GameName[];
  cluster(task: ClusterTask, signal?: AbortSignal): Promise<ClusteredStory[]>;
}

export type ReadWindow = (window: Window, signal: AbortSignal) => Promise<WindowStory[]>;

/** Of a window and the days before, the newest: comparing takes time in their square. */
const MOST_ARTICLES = 1200;
const DAYS_BEFORE_MS = 4 * 86_400_000;
const NAMED_CHARACTERS = 1200;
const KEPT_WINDOWS = 4;
const PAGE = 50;

/** Rejects when the signal is aborted or the store fails; windows that were read last are kept. */
export function createWindowReader(deps: WindowDeps): ReadWindow {
  const kept = new Map<string, Promise<WindowStory[]>>();
  return (window, signal) => {
    const key = `${window.from} ${window.to}`;
    const known = kept.get(key);
    if (known) {
      return known;
    }
    const reading = readStories(deps, window, signal);
    kept.set(key, reading);
    reading.catch(() => kept.delete(key));
    for (const oldest of [...kept.keys()].slice(0, -KEPT_WINDOWS)) {
      kept.delete(oldest);
    }
    return reading;
  };
}

async function readStories(
  deps: WindowDeps,
  { from, to }: Window,
  signal: AbortSignal,
): Promise<WindowStory[]> {
  const start = new Date(Date.parse(from) - DAYS_BEFORE_MS).toISOString();
  const fresh = await deps.articlesBetween(from, to, MOST_ARTICLES);
  const isFresh = new Set(fresh.map(({ id }) => id));
  const before = await deps.articlesBetween(start, from, MOST_ARTICLES - fresh.length);
  const all = [...fresh, ...before.filter(({ id }) => !isFresh.has(id))];
  const { copies, readings } = await readAll(deps, all, signal);
  const rarities = await deps.raritiesOf([...new Set(readings.flatMap(({ names }) => names))]);
  const reports = [...new Set(copies.values())];
  const task = { readings, rarities, copies: reports.map(({ articleIds }) => articleIds) };
  const clusters = await deps.cluster(task, signal);
  const byId = new Map(all.map((article) => [article.id, article]));
  const readingOf = new Map(readings.map((reading) => [reading.id, reading]));
  const stories: WindowStory[] = [];
  for (const { articleIds, kin } of clusters) {
    if (articleIds.some((id) => isFresh.has(id))) {
      signal.throwIfAborted();
      // Reading takes milliseconds an article, and there are hundreds.
      await setImmediate();
      const articles = articleIds.flatMap((id) => byId.get(id) ?? []);
      stories.push({ ...storyOf(deps, articles, isFresh, copies, readingOf), kin });
    }
  }
  return stories;
}

async function readAll(deps: WindowDeps, articles: Article[], signal: AbortSignal) {
  const readings: Reading[] = [];
  const copies = new Map<string, Story>();
  for (let at = 0; at < articles.length; at += PAGE) {
    const page = articles.slice(at, at + PAGE);
    const ids = page.map(({ id }) => id);
    for (const [id, story] of await deps.copiesOf(ids)) {
      copies.set(id, story);
    }
    for (const article of page) {
      signal.throwIfAborted();
      readings.push(readArticle(article));
      await setImmediate();
    }
  }
  return { readings, copies };
}

function storyOf(
  { findNames }: WindowDeps,
  articles: Article[],
  isFresh: Set<string>,
  copies: Map<string, Story>,
  readingOf: Map<string, Reading>,
): Omit<WindowStory, 'kin'> {
  const fresh = articles
    .filter(({ id }) => isFresh.has(id))
    .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1));
  const reports = new Map<string, { publisher: string; articleIds: string[] }>();
  for (const { id, publisher } of fresh.toReversed()) {
    const key = copies.get(id)?.id ?? id;
    const report = reports.get(key) ?? { publisher, articleIds: [] };
    report.articleIds.push(id);
    reports.set(key, report);
  }
  const kinds = fresh.map(({ text, title }) => kindOf(title, text));
  const kind =
    (['result', 'news', 'preview', 'opinion'] as const).find((one) => kinds.includes(one)) ?? 'news';
  return {
    articles: fresh,
    earlier: articles.filter(({ id }) => !isFresh.has(id)),
    reports: [...reports.values()],
    kind,
    names: fresh
      .slice(0, 5)
      .flatMap(({ text, title }) => findNames(`${title}.\n${text.slice(0, NAMED_CHARACTERS)}`)),
    sides: [...new Set(fresh.flatMap(({ id }) => readingOf.get(id)?.sides ?? []))],
  };
}
