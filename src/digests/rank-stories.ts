// The order of a digest: how many publishers tell a story independently, what sort of news it is, how new it is, and
// whether its headline is of what the reader follows.
import type { Article } from '../domain.js';
import type { StoryKind } from './kind.js';

export interface Rankable {
  /** Of the window, newest first; at least one. */
  articles: Article[];
  /** Publishers, copies of one report counted once. */
  publishers: number;
  kind: StoryKind;
  /** Names of what is followed that the headlines hold. */
  followed: number;
}

const OF_KIND: Record<StoryKind, number> = { result: 1, news: 0.8, preview: 0.4, opinion: 0.1 };
/** What a doubling of publishers is worth. */
const PER_DOUBLING = 0.7;
/** What the newest gains over one of the window's beginning. */
const RECENCY = 0.3;
const PER_FOLLOWED = 0.25;
const MOST_FOLLOWED = 2;

/** The most important first; ties by time, then by id, so that the order is always the same. */
export function rankStories<Story extends Rankable>(
  stories: Story[],
  { from, to }: { from: string; to: string },
): Story[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const newest = ({ articles }: Story) =>
    Math.max(...articles.map(({ publishedAt }) => Date.parse(publishedAt)));
  const score = (story: Story) => {
    const age = (end - newest(story)) / Math.max(1, end - start);
    return (
      OF_KIND[story.kind] +
      PER_DOUBLING * Math.log2(Math.max(1, story.publishers)) +
      RECENCY * Math.max(0, 1 - age) +
      PER_FOLLOWED * Math.min(MOST_FOLLOWED, story.followed)
    );
  };
  return stories
    .map((story) => ({ story, score: score(story), at: newest(story), id: story.articles[0]?.id ?? '' }))
    .sort((a, b) => b.score - a.score || b.at - a.at || (a.id < b.id ? -1 : 1))
    .map(({ story }) => story);
}
