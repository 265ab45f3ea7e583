// From fused hits to the list that is read: passages gain by the question's own wording, when their article says
// more of the same, when the question names their publisher or their day, and lose a little for each passage of the
// same article before them. What each is worth stands in bench/RESULTS.md.
import type { Passage } from '../../domain.js';
import { sideMatch } from '../understand/side.js';
import type { TimeSense } from '../understand/times.js';
import type { Query } from '../understand/understand.js';
import { capPerStory, storyOf } from './cap.js';
import { type WordingOptions, withWording } from './wording.js';

export interface RankOptions extends WordingOptions {
  /** How many passages are given at most. */
  limit: number;
  /** At most so many passages of one article, its copies included. */
  perArticle: number;
  /** Weight of what the article's best passages score together, 0..1: a chance match stands alone. */
  articleWeight: number;
  /** Gain of a passage whose publisher the question names, 0..1. */
  publisherWeight: number;
  /** Gain of a passage published in a stretch of time that the question names, 0..1; half on the day after it. */
  dateWeight: number;
  /** Gain of a passage that speaks of the side (women, men, under-19) that the question names, 0..1. */
  sideWeight: number;
  /** Loss for each passage of the same article that stands before, 0..1. */
  repetition: number;
}

/** What of the question matters here. */
export type Wishes = TimeSense & Pick<Query, 'publishers' | 'sides' | 'weights'>;

/** Passages of an article that count for `articleWeight`. */
const SUPPORTING = 4;
const DAY = 86_400_000;
/** Reports of a week's matches come within it. */
const LONG = 14 * DAY;
/** Share of the best score that a story must reach to be among those put newest first. */
const NEAR_TOP = { said: 0.65, implied: 0.8 };

/** Ranks passages (best first, scores 0..1) anew; scores stay within 0..1 and fall, but where the newest come first. */
export function rank(passages: Passage[], wishes: Wishes, options: RankOptions): Passage[] {
  const worded = withWording(passages, wishes, options).sort(byScore);
  const scored = withSupport(worded, options.articleWeight)
    .map((passage) => ({ ...passage, score: passage.score + gain(passage, wishes, options) }))
    .sort(byScore);
  const list = spread(capPerStory(scored, options.perArticle), options).map((passage) => ({
    ...passage,
    score: clamp(passage.score),
  }));
  return wishes.latest ? newestFirst(list, NEAR_TOP[wishes.latest]) : list;
}

/** The best passage of each story near the top, newest first; then the others as they were. */
function newestFirst(passages: Passage[], share: number): Passage[] {
  const least = share * (passages[0]?.score ?? 0);
  const heads = new Map<string, Passage>();
  for (const passage of passages) {
    const story = storyOf(passage);
    if (passage.score >= least && !heads.has(story)) {
      heads.set(story, passage);
    }
  }
  const first = [...heads.values()].sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1));
  return [...first, ...passages.filter((passage) => !first.includes(passage))];
}

function gain(
  { publishedAt, publisher, text, title }: Passage,
  { publishers, sides, windows }: Wishes,
  { dateWeight, publisherWeight, sideWeight }: RankOptions,
): number {
  const named = publishers.includes(publisher) ? publisherWeight : 0;
  const timely = Math.max(0, ...windows.map((window) => nearness(publishedAt, window)));
  return named + dateWeight * timely + sideWeight * sideMatch(`${title} ${text}`, sides);
}

/**
 * 1 within the window, 1/2 on the day after it (the report of an evening's match). A long one is looked back upon for as
 * long as it was, less and less. Else 0.
 */
function nearness(publishedAt: string, { from, to }: TimeSense['windows'][number]): number {
  const at = Date.parse(publishedAt);
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  if (at < begin) {
    return 0;
  }
  if (at < end) {
    return 1;
  }
  const afterwards = end - begin > LONG ? Math.max(0, 1 - (at - end) / (end - begin)) : 0;
  return Math.max(afterwards, at < end + DAY ? 0.5 : 0);
}

/** Adds to each passage what its article's best ones score together. */
function withSupport(passages: Passage[], weight: number): Passage[] {
  const counted = new Map<string, number>();
  const support = new Map<string, number>();
  for (const { articleId, score } of passages) {
    const count = (counted.get(articleId) ?? 0) + 1;
    counted.set(articleId, count);
    if (count <= SUPPORTING) {
      support.set(articleId, (support.get(articleId) ?? 0) + score / SUPPORTING);
    }
  }
  return passages.map((passage) => {
    const score = (passage.score + weight * (support.get(passage.articleId) ?? 0)) / (1 + weight);
    return { ...passage, score };
  });
}

/** Each passage costs the ones after it of its article a little; `passages` are best first. */
function spread(passages: Passage[], { limit, repetition }: RankOptions): Passage[] {
  const taken = new Map<string, number>();
  const penalised = passages.map((passage) => {
    const before = taken.get(passage.articleId) ?? 0;
    taken.set(passage.articleId, before + 1);
    return { ...passage, score: passage.score - repetition * before };
  });
  return penalised.sort(byScore).slice(0, limit);
}

function byScore(a: Passage, b: Passage): number {
  return b.score - a.score || (a.id < b.id ? -1 : 1);
}

function clamp(score: number): number {
  return Math.min(1, Math.max(0, score));
}
