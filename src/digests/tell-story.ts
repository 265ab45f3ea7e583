// One story of a digest: what is told of it, to whom it is new, and what stands there for readers who hide results.
import { setImmediate } from 'node:timers/promises';
import type { Article, Passage } from '../domain.js';
import type { GameName } from './follow.js';
import { matchLine, NAMELESS_RESULT } from './hide-result.js';
import { kindOf, type StoryKind, tellsResult } from './kind.js';
import type { DigestItem, Summarise, Summary, ToldStory } from './ports.js';
import type { WindowStory } from './read-window.js';

/** Numbers sources in the order of their first use, each article once. */
export interface Citer {
  cite(passage: Passage, quote: string): { marker: string };
}

export interface TellDeps {
  summarise: Summarise;
  /** The first passages of each of these articles, in order, by article id. */
  passagesOf(articleIds: string[]): Promise<Map<string, Passage[]>>;
  findNames(text: string): GameName[];
  /** Whether the passages bear out all that a sentence claims. */
  isBorneOut(sentence: string, passages: Passage[]): boolean;
}

/** A story that may be told; it cites when its place is settled, so that numbers follow the reading order. */
export interface TellableStory {
  dropped: number;
  toItem(citer: Citer): Promise<DigestItem>;
}

/** Reports that are read for a story; the best first. */
const MOST_REPORTS = 5;
const ORDER: StoryKind[] = ['result', 'news', 'preview', 'opinion'];

/** Undefined = nothing of it may be told, or the reader knows it all. */
export async function tellStory(
  deps: TellDeps,
  story: WindowStory,
  { language, told }: { language: string; told: ToldStory[] },
  signal: AbortSignal,
): Promise<TellableStory | undefined> {
  const ids = new Set([...story.articles, ...story.earlier].map(({ id }) => id));
  const known = told.filter(({ articleIds }) => articleIds.some((id) => ids.has(id)));
  const knownIds = new Set(known.flatMap(({ articleIds }) => articleIds));
  const isCopied = (id: string) =>
    story.reports.some(
      ({ articleIds }) => articleIds.includes(id) && articleIds.some((own) => knownIds.has(own)),
    );
  const fresh = bestFirst(story.articles.filter(({ id }) => !isCopied(id)));
  const [best] = fresh;
  if (!best) {
    return undefined;
  }
  const isUpdate = known.length > 0;
  const read = oneAReport(fresh, story).slice(0, MOST_REPORTS);
  const passages = await deps.passagesOf(read.map(({ id }) => id));
  const texts = [...story.articles, ...story.earlier]
    .filter(({ id }) => knownIds.has(id))
    .map(({ text, title }) => `${title}\n${text}`);
  const summary = await deps.summarise(
    {
      headline: best.title,
      passages: read.flatMap(({ id }) => passages.get(id) ?? []),
      known: isUpdate ? [...texts, ' '] : [],
      language,
    },
    signal,
  );
  const [first] = passages.get(best.id) ?? [];
  const shown_ = summary.sentences.length > 0 || isUpdate ? summary : ofHeadline(deps, best, first, summary);
  if (shown_.sentences.length === 0) {
    return undefined;
  }
  return {
    dropped: shown_.dropped,
    toItem: async (citer) => ({
      storyId: known[0]?.storyId ?? [...story.articles.map(({ id }) => id)].sort()[0] ?? best.id,
      articleIds: story.articles.map(({ id }) => id),
      isUpdate,
      ...(await written(deps, story, shown_, citer)),
    }),
  };
}

/** A feed without sentences still has headlines. */
function ofHeadline(
  { isBorneOut }: TellDeps,
  { title }: Article,
  passage: Passage | undefined,
  { dropped }: Summary,
): Summary {
  const sentences =
    passage && isBorneOut(passage.title, [passage]) && title !== ''
      ? [{ text: passage.title, sources: [{ passage, quote: passage.title }] }]
      : [];
  return { sentences, dropped };
}

async function written(deps: TellDeps, story: WindowStory, { sentences }: Summary, citer: Citer) {
  const cited = sentences.map(({ sources, text }) => ({
    text,
    markers: [...new Set(sources.map(({ passage, quote }) => citer.cite(passage, quote).marker))].join(''),
  }));
  const text = cited
    .map(({ markers, text: sentence }, i) =>
      cited[i + 1]?.markers === markers ? sentence : `${sentence} ${markers}`,
    )
    .join(' ');
  const all = sentences.flatMap(({ sources }) => sources.map(({ passage }) => passage));
  const shown = new Set(all.map(({ publisher }) => publisher));
  const others = new Set(
    story.reports.map(({ publisher }) => publisher).filter((publisher) => !shown.has(publisher)),
  );
  const spoken = sentences.map((sentence) => sentence.text).join(' ');
  const hides = tellsResult(spoken);
  const line = hides ? matchLine(spoken, deps.findNames(spoken)) : '';
  const markers = [...new Set(cited.map((one) => one.markers))].join('');
  const safe = line && (await isToldBy(deps, line.replace(/^Result: /, ''), all)) ? line : NAMELESS_RESULT;
  return {
    text,
    morePublishers: others.size,
    ...(hides ? { withoutResult: `${safe} ${unique(markers)}` } : {}),
  };
}

/** Whether one of them tells it all: proving reads a report for some milliseconds, so one in each turn. */
async function isToldBy({ isBorneOut }: TellDeps, line: string, passages: Passage[]): Promise<boolean> {
  for (const passage of new Set(passages)) {
    await setImmediate();
    if (isBorneOut(line, [passage])) {
      return true;
    }
  }
  return false;
}

function unique(markers: string): string {
  return [...new Set(markers.match(/\[\d+\]/g))].join('');
}

/** A result before a preview; of one sort the fuller report, up to a screenful, then the newer one. */
function bestFirst(articles: Article[]): Article[] {
  const length = ({ text }: Article) => Math.min(2, Math.floor(text.length / 800));
  const kind = ({ text, title }: Article) => ORDER.indexOf(kindOf(title, text));
  return articles.toSorted(
    (a, b) => kind(a) - kind(b) || length(b) - length(a) || (a.publishedAt < b.publishedAt ? 1 : -1),
  );
}

/** Copies of one report once. */
function oneAReport(articles: Article[], { reports }: WindowStory): Article[] {
  const seen = new Set<unknown>();
  return articles.filter(({ id }) => {
    const report = reports.find(({ articleIds }) => articleIds.includes(id));
    return !seen.has(report) && seen.add(report);
  });
}
