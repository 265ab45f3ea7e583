// What the console needs of the rest of the program beside the bot core.
import type { Answer, Citation, Passage } from '../../domain.js';
import type { DigestPreview, FeedView, StateView, StoryView, SubscriptionView } from './views.js';

/** A question with its answer as the console keeps it. */
export interface WebPost {
  id: string;
  questionId: string;
  thread: string;
  postedAt: string;
  question: string;
  state: 'writing' | 'done' | 'failed';
  /** Stands before the text; absent = nothing does. */
  lead?: string | undefined;
  text: string;
  citations: Citation[];
  /** Absent = it is not finished, or there is none. */
  answer?: KeptOfAnswer | undefined;
  notice?: string | undefined;
  steps: { name: string; atMs: number }[];
}

/** An answer without the texts of its passages: they are the articles' own, and go with them. */
export type KeptOfAnswer = Omit<Answer, 'text' | 'citations' | 'retrieved'> & {
  retrieved: Pick<Passage, 'id' | 'articleId' | 'title' | 'url' | 'publisher' | 'publishedAt' | 'score'>[];
};

/** Where posts are kept. */
export interface WebPosts {
  put(post: WebPost): Promise<void>;
  get(id: string): Promise<WebPost | undefined>;
  answering(questionId: string): Promise<WebPost[]>;
  inThread(thread: string, most: number): Promise<WebPost[]>;
  remove(ids: string[]): Promise<void>;
}

/** A channel of a platform. */
export interface SubscriptionPlace {
  platform: string;
  tenant: string;
  channel: string;
}

/** What the views beside the chat show. */
export interface ConsoleDesk {
  /** Whether a browser is shown nothing: whoever runs the bot has its id on the list of those not served. */
  isUnwelcome(user: string): boolean;
  feeds(): Promise<FeedView[]>;
  /** Of the last 24 hours, the most important first. */
  stories(): Promise<StoryView[]>;
  /**
   * The digest of a channel as it would be sent now, or some minutes ago; absent = with the settings of a new one. No
   * channel counts as told. Error: `usage` when too many were asked for.
   */
  digest(place?: SubscriptionPlace): Promise<DigestPreview>;
  subscriptions(): Promise<SubscriptionView[]>;
  /** Gives all as they are then. Error: `unknown_subscription`. */
  changeSubscription(
    place: SubscriptionPlace,
    action: 'pause' | 'resume' | 'remove',
    user: string,
  ): Promise<SubscriptionView[]>;
  state(): Promise<StateView>;
  /** Of these chunks those that are still there. */
  passages(ids: string[]): Promise<Pick<Passage, 'id' | 'text'>[]>;
}
