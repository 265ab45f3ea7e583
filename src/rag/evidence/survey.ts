// "What's happening in the IPL auction?" asks for no single fact but for the news: the opening sentences of
// the newest articles on the topic, newest first.
import type { Passage } from '../../domain.js';
import { storyOf } from '../retrieve/cap.js';
import { stems } from '../understand/terms.js';
import type { Query } from '../understand/understand.js';
import type { Evidence } from './evidence.js';
import { candidatesOf, coverage } from './sentence-features.js';
import { isSuperseded } from './superseded.js';

const SURVEY =
  /\bwhat(?:'s|’s| is| are)? (?:happening|going on|new|up)\b|\b(?:latest|recent|newest) (?:news|updates?|stories|developments|headlines)\b|\bany (?:news|updates?)\b|\b(?:news|updates?) (?:on|about|from)\b|\bwhat(?:'s|’s| is| are) the latest\b|\bcatch me up\b/gi;
/** Share of the topic's weight that an article must hold to be on the topic. */
const ON_TOPIC = 0.6;
const MOST_STORIES = 3;
/** Two reports tell the same story when so many stems of the shorter headline, or opening, stand in the other's. */
const SAME_HEADLINE = 0.5;
const SAME_OPENING = 0.4;

export function isSurvey(text: string): boolean {
  return text.search(SURVEY) >= 0;
}

/** The question without its survey words: what is left is the topic. */
export function topicOf(text: string): string {
  return text.replace(SURVEY, ' ');
}

/**
 * One opening sentence a story, newest first; confidence is how well the newest one covers the topic. `rivals` are
 * further reports that may outdate what the passages claim; they are not quoted.
 */
export function selectLatest(
  query: Query,
  passages: Passage[],
  maxWords: number,
  rivals: Passage[] = [],
): Evidence {
  const reports = [...passages, ...rivals];
  const stories: Opening[] = [];
  for (const passage of articlesOnTopic(query, passages)) {
    const text = candidatesOf([passage]).find((each) => !isSuperseded(each.text, passage, reports))?.text;
    if (text !== undefined && stories.length < MOST_STORIES) {
      const opening = { text, passage };
      if (!stories.some((story) => isSameStory(query, story, opening))) {
        stories.push(opening);
      }
    }
  }
  const sentences: Opening[] = [];
  let length = 0;
  for (const story of stories) {
    length += story.text.split(/\s+/).length + 1;
    if (sentences.length === 0 || length <= maxWords * 1.5) {
      sentences.push(story);
    }
  }
  const [first] = stories;
  return { sentences, confidence: first ? topicCoverage(query, first.passage) : 0 };
}

interface Opening {
  text: string;
  passage: Passage;
}

/** The topic's own words stand in every report on it and tell nothing. */
function isSameStory(query: Query, a: Opening, b: Opening): boolean {
  const telling = (text: string) => stems(text).filter((stem) => !query.weights.has(stem));
  return (
    storyOf(a.passage) === storyOf(b.passage) ||
    overlap(telling(a.passage.title), telling(b.passage.title)) > SAME_HEADLINE ||
    overlap(telling(a.text), telling(b.text)) > SAME_OPENING
  );
}

/** The opening passages of articles on the topic, newest first. */
function articlesOnTopic(query: Query, passages: Passage[]): Passage[] {
  return passages
    .filter((passage) => passage.ordinal === 0 && topicCoverage(query, passage) >= ON_TOPIC)
    .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1));
}

function topicCoverage(query: Query, { text, title }: Passage): number {
  return query.weights.size === 0 ? 1 : coverage(query, stems(`${title} ${text}`));
}

function overlap(a: string[], b: string[]): number {
  const other = new Set(b);
  const shared = new Set(a.filter((stem) => other.has(stem))).size;
  return shared / Math.max(1, Math.min(new Set(a).size, other.size));
}
