// What the page is told, as JSON. Types alone: the page in the browser imports this file, too. Times are ISO 8601.

/** A stretch of an answer's text; `n` = it is the number of a source of the post. */
export interface Piece {
  text: string;
  n?: number | undefined;
}

export interface SourceView {
  n: number;
  title: string;
  /** "The Example · 3 h ago". */
  about: string;
  /** The words that the answer rests on. */
  quote: string;
  /** Absent = its address is none of the web. */
  href?: string | undefined;
}

/** A question with what is shown of its answer. */
export interface PostView {
  id: string;
  questionId: string;
  postedAt: string;
  /** '' = it answers none. */
  question: string;
  state: 'writing' | 'done' | 'failed';
  /** Words of the verdict, which the text begins with; absent = an ordinary answer. */
  verdict?: string | undefined;
  /** A line before the text: of a digest its title. */
  lead?: string | undefined;
  pieces: Piece[];
  /** "Sources", "Closest", "Found". */
  sourcesTitle: string;
  sources: SourceView[];
  warnings: string[];
  /** The grey line; '' = nothing to say. */
  facts: string;
  choices: string[];
  /** A line for people instead of an answer, or after a part of one. */
  notice?: string | undefined;
  canVote: boolean;
  /** "Tell me when there is news about it". */
  canTellMe: boolean;
}

/** What a thread's stream tells; `post` is the whole post each time. */
export type ThreadEvent =
  | { type: 'post'; post: PostView }
  /** '' wipes it. */
  | { type: 'status'; questionId: string; text: string }
  | { type: 'gone'; ids: string[] }
  /** A line that belongs to no question. */
  | { type: 'notice'; id: string; text: string; sources: SourceView[] };

/** A look inside an answer. */
export interface InsideView {
  thread: string;
  question: string;
  answer: string;
  generator: string;
  /** Ranked, best first; `cited` = numbers of the answer; `score` 0..1. */
  passages: {
    title: string;
    about: string;
    href?: string | undefined;
    score: number;
    cited: number[];
    /** Absent = the article has changed or gone since. */
    text?: string | undefined;
  }[];
  /** Sentences that were written and not shown, because no source bears them out. */
  dropped: number;
  warnings: string[];
  /** What was done from when on, in milliseconds after the question was taken up; the last one is the end. */
  steps: { name: string; atMs: number }[];
}

export interface FeedView {
  name: string;
  url: string;
  condition: 'new' | 'ok' | 'failing' | 'waiting' | 'gone';
  /** "read 3 min ago · next in 12 min". */
  fact: string;
  error?: string | undefined;
  /** New articles, one number a day, the last one today. */
  perDay: number[];
}

export interface StoryView {
  headline: string;
  href?: string | undefined;
  /** "12 min ago", of the newest report. */
  age: string;
  kind: string;
  publishers: string[];
  articles: { title: string; about: string; href?: string | undefined }[];
  /** It was told before the day began. */
  isUpdate: boolean;
}

export interface DigestPreview {
  title: string;
  /** [] = a quiet day. `hidden` = what is shown on request; `more` = " +6 publishers". */
  items: { pieces: Piece[]; hidden?: Piece[] | undefined; more: string }[];
  /** [] = none is known. */
  matches: Piece[];
  sources: SourceView[];
  facts: string;
}

export interface SubscriptionView {
  platform: string;
  tenant: string;
  channel: string;
  /** "08:00, Europe/London, Mon to Fri". */
  when: string;
  follows: string;
  isPaused: boolean;
  next?: string | undefined;
  last?: string | undefined;
}

export interface StateView {
  articles: number;
  passages: number;
  newest?: string | undefined;
  indexes: { name: string; kind: string; count: number; behind: number }[];
  /** Lines on what writes, what is off, what stands in. */
  notices: string[];
  open: number;
  /** Questions that ended, the oldest first. */
  ended: { platform: string; askedAt: string; ms: number; ending: string }[];
}
