// The nouns of the digest, and what stands between its parts: composing needs stories and a way to write about
// them, delivery needs a composed digest and a platform that can post it and look whether it was posted.
import type { Citation } from '../domain.js';

/** What a subscription follows, in canonical names of config/cricket.yaml; [] = everything of that kind. */
export interface Following {
  teams: string[];
  leagues: string[];
  formats: string[];
  sides: ('men' | 'women' | 'under-19')[];
}

/** The news between two moments: after `from`, up to and including `to`. ISO 8601. */
export interface Window {
  from: string;
  to: string;
}

/** What a digest is composed for; equal orders have the same digest, which is composed once. */
export interface DigestOrder extends Window {
  following: Following;
  /** Stories at most, 1 to 30. */
  length: number;
  /** ISO 639-1. */
  language: string;
  /** Ids of stories that were told to this reader before, with what was told: only what is new is told again. */
  told: ToldStory[];
}

/** What a reader knows of a story. */
export interface ToldStory {
  storyId: string;
  /** Articles that stood behind what was told. */
  articleIds: string[];
  /** ISO 8601. */
  at: string;
}

/** One story of a digest. */
export interface DigestItem {
  /** Of the cluster: the smallest id of its articles when it was first told. */
  storyId: string;
  articleIds: string[];
  /** One or two checked sentences with markers like [1] of `Digest.citations`. */
  text: string;
  /** The same without result and figures, for readers who hide them; absent = nothing in `text` tells a result. */
  withoutResult?: string | undefined;
  /** Told before; the text tells only what is new. */
  isUpdate: boolean;
  /** Publishers that tell it and are not cited, copies of one report counted once. */
  morePublishers: number;
}

/** A match of the day or of tomorrow, as an article gives it. */
export interface Fixture {
  /** "South Africa v India, 2nd ODI, 11:00 UTC [5]" */
  text: string;
}

/** A composed digest, the same for each channel that ordered it. */
export interface Digest extends Window {
  items: DigestItem[];
  fixtures: Fixture[];
  citations: Citation[];
  /** Stories of the window in all, told or not. */
  stories: number;
  /** Sentences that were written and not shown, because no source bears them out. */
  dropped: number;
}

/** Composes; rejects only when the signal is aborted or the store fails. An empty `items` is a quiet day. */
export type Compose = (order: DigestOrder, signal: AbortSignal) => Promise<Digest>;
