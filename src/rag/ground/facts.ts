// What a text claims, in a form that does not depend on how it is written.

export interface NumberFact {
  kind: 'count' | 'ordinal' | 'percent' | 'score' | 'season' | 'milestone';
  /** In full: 24.75 crore is 247,500,000. Of a score or a season the first of two. */
  value: number;
  /** The second number of a score or a season. */
  second?: number | undefined;
  /** The figure before its scale: 24.75. */
  figure?: number | undefined;
  /** Class of what it counts; absent = it does not say. */
  unit?: string | undefined;
  /** Words for what it counts exactly, where its class holds things that differ: "odi"; absent = any of them. */
  sorts?: string[] | undefined;
  /** "inr", "gbp", "usd", "eur"; absent = it does not say. */
  currency?: string | undefined;
  /** What a match was won by; absent = it may be. */
  isMargin?: boolean | undefined;
  /** Said to be rounded: "nearly", "more than", "about". */
  hedge?: 'under' | 'over' | 'about' | undefined;
  /** "day three", "No. 4": a rank by its place. */
  isRank?: boolean | undefined;
  /** Written in letters. */
  isSpelt?: boolean | undefined;
  /** Tokens from `start` up to `next`. */
  start: number;
  next: number;
}

/** A day, a month or a year; what is absent was not said. */
export interface DateFact {
  year?: number | undefined;
  /** 1 to 12. */
  month?: number | undefined;
  day?: number | undefined;
  /** 0 = Sunday. */
  weekday?: number | undefined;
  /** Days from the day of writing: 0 = "today", -1 = "yesterday". */
  offset?: number | undefined;
  /** Days between two events: "two days later". */
  gap?: number | undefined;
  /** Years from the year of writing: -1 = "last year". */
  yearOffset?: number | undefined;
  /** Minutes after midnight; below 720 without a half of the day it may be the afternoon. */
  minutes?: number | undefined;
  isHalfKnown?: boolean | undefined;
  /** The days that it may mean in a report whose day of writing is known: one, or the last and the next Sunday. */
  days?: { day: number; month: number; weekday: number; year?: number | undefined }[] | undefined;
  start: number;
  next: number;
}
