// The generator port, and the generator that needs no model: it quotes. Whoever writes, the text is free text
// with markers like [2], streamed in pieces of any size; it is checked sentence by sentence before anybody
// sees it (release.ts), so a generator is never trusted.
import type { Passage } from '../../domain.js';
import type { Evidence } from '../evidence/evidence.js';
import type { CompleteOptions } from '../ports.js';
import type { Query } from '../understand/understand.js';

/** A passage as the generator reads it. */
export interface Source {
  passage: Passage;
  /** The passage's text with what stands around it in its article. Never shown as retrieved text. */
  context: string;
}

export interface GenerateRequest {
  /** The last turn as it was asked. */
  question: string;
  query: Query;
  /** Best first; the marker [n] means the n-th, counted from 1. */
  sources: Source[];
  evidence: Evidence;
  /** Earlier questions of the thread, oldest first: they tell what is meant and are no evidence. */
  earlier: string[];
  /** Who asks, as an opaque id, so that a shared model gives turns fairly. */
  user?: string | undefined;
  /** The thread it is asked in, as an opaque id; absent = none. */
  thread?: string | undefined;
  /** Asks again for what follows `written`, where `rejected` stood and was not borne out; absent = begin. */
  again?: { written: string; rejected: string } | undefined;
}

export interface GenerateOptions {
  /** Aborted = stop at once and throw the signal's reason. */
  signal: AbortSignal;
  /** Gets the text in pieces as it is written; pieces may split words and markers. */
  onText: (text: string) => void;
  /** Told when a model is shared and others come first. */
  onWait?: CompleteOptions['onWait'];
}

export interface Generated {
  /** `length` = cut off before its end: a last sentence without a stop is not whole. */
  stop: 'end' | 'length';
}

export interface Generator {
  /** Shown in results: "extractive", or the model's name. */
  readonly name: string;
  /** `quotes` gives the evidence's own sentences; `writes` puts the sources into words of its own. */
  readonly style: 'quotes' | 'writes';
  /** What it is told before every question, and must not tell; absent = nothing. */
  readonly instructions?: string | undefined;
  generate(request: GenerateRequest, options: GenerateOptions): Promise<Generated>;
}

/** Quotes the sentences of the evidence word for word. */
export function createExtractiveGenerator(): Generator {
  return {
    name: 'extractive',
    style: 'quotes',
    async generate({ again, evidence, sources }, { onText }) {
      const places = new Map(sources.map(({ passage }, i) => [passage.id, i + 1]));
      const quotes = evidence.sentences.map(
        ({ passage, text }) => `${withoutMarkers(text)} [${places.get(passage.id) ?? 0}]`,
      );
      const from = again ? quotes.indexOf(again.rejected) + 1 : 0;
      for (const quote of quotes.slice(from)) {
        onText(`${quote}\n`);
      }
      return { stop: 'end' };
    },
  };
}

/** Footnote numbers of an article would read as markers of ours. */
export function withoutMarkers(text: string): string {
  return text.replace(/\s?\[\d[\d,\s–-]*\]/g, '');
}
