// The nouns of the program, in the order in which news flows through it. Every folder sees this file; it
// sees none. Times are ISO 8601 strings in UTC ("2023-12-19T15:05:00.000Z"), so that they sort as text.

/** Where news comes from. */
export interface Feed {
  url: string;
  /** Name shown behind a citation; absent = what the page says, or else the feed's own title. */
  publisher?: string | undefined;
  /** `follow` reads the article page behind each entry, `feed-only` indexes the feed's own text. */
  pages: 'follow' | 'feed-only';
  /** Entries whose address contains one of these are no articles: videos, podcasts, score pages. */
  skipPaths?: string[] | undefined;
}

/** One item of a feed, as published. Absent fields were absent or unusable. */
export interface Entry {
  /** The publisher's own id; not an address unless it says so. */
  guid?: string | undefined;
  /** Absolute address of the page, as linked. */
  url?: string | undefined;
  title: string;
  author?: string | undefined;
  publishedAt?: string | undefined;
  /** Plain text of the longest of summary and content; '' when there is none. */
  text: string;
}

/** A whole parsed feed document. */
export interface FeedDocument {
  title: string;
  /** The site behind the feed, absolute. */
  link?: string | undefined;
  entries: Entry[];
  /** Entries beyond the most that are read of one document; absent = none. */
  beyondLimit?: number | undefined;
}

/** Readable text of one page with what the page says about itself. */
export interface ExtractedPage {
  title: string;
  /** Paragraphs, headings, list items and table rows, one a line; '' when the page holds no article. */
  text: string;
  author?: string | undefined;
  /** ISO 8601 in the zone that the page gives, so that its day is the publisher's. */
  publishedAt?: string | undefined;
  canonicalUrl?: string | undefined;
  publisher?: string | undefined;
  language?: string | undefined;
}

/** A piece of news as stored: one per canonical address. */
export interface Article {
  /** 16 hex digits of the SHA-256 of `canonicalUrl`: the same article has the same id in every store. */
  id: string;
  /** Identity: scheme and host lower-case, no fragment, no tracking parameters. Never shown. */
  canonicalUrl: string;
  /** The link that people are shown. */
  url: string;
  title: string;
  publisher: string;
  author?: string | undefined;
  publishedAt: string;
  /** Plain text, one block (paragraph, list item, table row) a line. */
  text: string;
  /** Whether `text` came from the page or from the feed's own entry. */
  origin: 'page' | 'feed';
}

/** A piece of one article, as indexed. */
export interface Chunk {
  /** `<article id>:<ordinal>:<8 hex digits of the SHA-256 of header and text>`: same id = same content. */
  id: string;
  articleId: string;
  /** Position in the article, from 0. */
  ordinal: number;
  /** "Headline. Publisher, 19 December 2023." It stands before the text for embedding, search and prompt. */
  header: string;
  text: string;
}

/** One report in all its editions: an article with its edited copies at other addresses, wire copies above all. */
export interface Story {
  /** The smallest article id of the group. */
  id: string;
  /** The earliest published first. */
  articleIds: string[];
  /** Each once, the earliest first. Many publishers of one story are still one witness. */
  publishers: string[];
}

/** A chunk found for a question, with the article that it is cited by. */
export interface Passage extends Chunk {
  title: string;
  url: string;
  publisher: string;
  publishedAt: string;
  /** The story that its article is an edition of; absent = no copy of it is known. */
  story?: Story | undefined;
  /** 0..1 within one result list; comparable only there. */
  score: number;
}

/** A question as it reaches the core. */
export interface Question {
  id: string;
  text: string;
  /** Who asks, as an opaque id, so that turns are shared out fairly; absent = unknown. */
  user?: string | undefined;
  /** The thread it is asked in, as an opaque id: a model server that has read it may answer sooner; absent = none. */
  thread?: string | undefined;
  /** Earlier questions of the thread, oldest first; absent = a new thread. */
  earlier?: string[] | undefined;
  /** Given texts that replace retrieval: evaluation and tests. */
  passages?: string[] | undefined;
  /** Ids of the only articles that may answer; absent = all. */
  articles?: string[] | undefined;
}

/** One numbered source of an answer. */
export interface Citation {
  /** 1-based, in order of first use. */
  n: number;
  url: string;
  title: string;
  publisher: string;
  publishedAt: string;
  /** The words of the source that the answer rests on. */
  quote: string;
}

/**
 * A fact about the sources that an answer opens with: they differ, they do not answer, they are old for the
 * question, or they contradict what it takes for granted.
 */
export type Verdict = 'umpires-call' | 'not-enough' | 'old-evidence' | 'otherwise';

/** The words of each verdict, the same on every platform; a colon follows them. */
export const VERDICT_WORDS: Record<Verdict, string> = {
  'umpires-call': "Umpire's call",
  'not-enough': 'Not enough evidence',
  'old-evidence': 'Old evidence',
  otherwise: 'Sources say otherwise',
};

/**
 * Not about cricket; perhaps not (`doubtful`), and no article answers it; advice on bets; abuse or a threat; somebody in
 * danger; `answer` = what was written must not be shown.
 */
export type Refusal = 'scope' | 'doubtful' | 'betting' | 'abuse' | 'self-harm' | 'answer';

/** A finished answer. */
export interface Answer {
  /** All that was released: sentences with markers like [1]; for an abstention, the line that says what is missing. */
  text: string;
  /** Absent = an ordinary answer. The text opens with its words, but those of `old-evidence` open a warning. */
  verdict?: Verdict | undefined;
  citations: Citation[];
  /** Ranked, best first. */
  retrieved: Passage[];
  abstained: boolean;
  /** What the question may mean, when it is asked back; the text asks, and a choice sent next in the thread answers. */
  choices?: string[] | undefined;
  /** Publication time of the newest cited source; absent without one. */
  asOf?: string | undefined;
  /** Publishers that tell it independently, copies of one report counted once; 0 or 1 is not worth a word. */
  publishersAgree: number;
  /** Lines to show under the answer ("Old evidence: …"); [] = none. */
  warnings: string[];
  /** Sentences that were written and not shown, because no source bears them out. */
  dropped: number;
  /** Written by a language model from memory: nothing of it was checked. */
  closedBook?: boolean | undefined;
  /** Why it was declined: the text says it kindly. Absent = it was not. */
  refused?: Refusal | undefined;
  /** The model failed while it wrote, with this code: the text ends with that and the articles that were found. */
  brokeOff?: string | undefined;
  generator: string;
}

/** What `ask` tells while it works. Text arrives only when it has been checked and is never taken back. */
export type AnswerEvent =
  | { type: 'status'; text: string }
  | { type: 'delta'; text: string }
  /** Comes before the text that first uses its number; `done` has the final quote. */
  | { type: 'citation'; citation: Citation }
  /** Asked back instead of an answer: 2 or more, to be shown as buttons or numbers; `done` follows. */
  | { type: 'choices'; choices: string[] }
  | { type: 'done'; answer: Answer }
  | { type: 'error'; code: string; message: string };

/** The core as every platform sees it: a question in, a stream of events out; `done` or `error` comes last. */
export type Ask = (question: Question, signal: AbortSignal) => AsyncIterable<AnswerEvent>;

/** The present moment; injected so that tests and `--now` can stop it. */
export type Clock = () => Date;

/** Progress of long work; `total` is absent while it is unknown. */
export type OnProgress = (progress: { done: number; total?: number | undefined }) => void;
