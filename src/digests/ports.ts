// The nouns of the digest, and what stands between its parts: composing needs stories and a way to write about
// them, delivery needs a composed digest and a platform that can post it and look whether it was posted.
import type { Citation, Passage } from '../domain.js';

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

/** A match of the day or of the next one, as an article gives it. */
export interface Fixture {
  /** "South Africa v India, 2nd ODI, 11:00 UTC [5]" */
  text: string;
  /** The day on which it is played, in UTC: "2023-12-19". */
  day: string;
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

/** A checked sentence on a story and the words of each report that it rests on, at least one. */
export interface SummarySentence {
  text: string;
  sources: { passage: Passage; quote: string }[];
}

/** What tells a story in short: at most two sentences; [] = nothing may be told, or nothing is new. */
export interface Summary {
  sentences: SummarySentence[];
  /** Sentences that were written and not shown, because no source bears them out. */
  dropped: number;
}

/** A story as its reports tell it. */
export interface StoryToTell {
  headline: string;
  /** Of its reports, those of the best one first. */
  passages: Passage[];
  /** Texts that the reader knows; [] = the story is new to them. */
  known: string[];
  /** ISO 639-1; quotations keep the language of their article. */
  language: string;
}

/** Rejects only when the signal is aborted or the index fails. */
export type Summarise = (story: StoryToTell, signal: AbortSignal) => Promise<Summary>;

/** Composes; rejects only when the signal is aborted or the store fails. An empty `items` is a quiet day. */
export type Compose = (order: DigestOrder, signal: AbortSignal) => Promise<Digest>;
