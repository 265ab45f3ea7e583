// What a sentence says, looked up in the sources once: names, figures and telling words, with where each stands there.

import { isSameName } from '../clauses.js';
import type { NumberFact } from '../facts.js';
import { bearsOut } from '../match-numbers.js';
import type { NameSpan } from '../names.js';
import type { Span } from '../pieces.js';
import type { TextContext } from './context.js';
import { isSameDay } from './days.js';

/** Something that the sentence says, and where sources say it, too. */
export interface Anchor extends Span {
  sort: 'who' | 'figure' | 'word';
  /** Rare in the sources = telling. 0 = they do not say it. */
  weight: number;
  proposition: number;
  /** Its tokens in each source; a name that is meant counts. */
  at: Map<TextContext, number[]>;
  name?: NameSpan;
  number?: NumberFact;
}

/** A sentence with all that it says, looked up in the sources once. */
export interface Anchored {
  said: TextContext;
  anchors: Anchor[];
}

export function anchored(said: TextContext, contexts: TextContext[]): Anchored {
  const { text } = said;
  const anchor = (
    sort: Anchor['sort'],
    span: Span,
    find: (context: TextContext) => number[],
    more: Partial<Anchor> = {},
  ): Anchor => {
    const at = new Map(contexts.map((context) => [context, find(context)]));
    const sentences = contexts.reduce(
      (sum, context) => sum + new Set(at.get(context)?.map((token) => context.sentenceOf[token])).size,
      0,
    );
    const weight = sentences > 0 ? 1 / sentences : 0;
    const { next, start } = span;
    return { sort, start, next, weight, proposition: said.propositionOf[start] ?? 0, at, ...more };
  };
  const names = text.names.map((name) => anchor('who', name, (context) => placesOf(context, name), { name }));
  const numbers = text.numbers.map((number) =>
    anchor(
      'figure',
      number,
      ({ end, text: { numbers: all } }) =>
        all.filter((fact) => fact.start < end && bearsOut(fact, number)).map(({ start }) => start),
      { number },
    ),
  );
  const dates = text.dates.map((date) =>
    anchor('figure', date, ({ text: { dates: all } }) =>
      all.filter((fact) => isSameDay(fact, date)).map(({ start }) => start),
    ),
  );
  const words = [...said.wordsAt].flatMap(([key, places]) =>
    places.map((at) => anchor('word', { start: at, next: at + 1 }, ({ wordsAt }) => wordsAt.get(key) ?? [])),
  );
  const carried = said.meant.map(({ at, name }) =>
    anchor('who', { start: at, next: at }, (context) => placesOf(context, name), { name }),
  );
  return { said, anchors: [...names, ...numbers, ...dates, ...words, ...carried] };
}

function placesOf({ end, meant, text: { names } }: TextContext, name: NameSpan): number[] {
  return [
    ...names.filter((one) => one.start < end && isSameName(one, name)).map(({ start }) => start),
    ...meant.filter((one) => isSameName(one.name, name)).map(({ at }) => at),
  ];
}
