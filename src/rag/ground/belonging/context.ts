// What a text tells around each of its places: the proposition and the sentence that it stands in, and whom it means
// there without naming them.
import type { ReadText } from '../check.js';
import { isBearer } from '../clauses.js';
import type { NameSpan } from '../names.js';
import { namesIn, type Span, sentencesIn, tellingAt } from '../pieces.js';
import { type Proposition, propositionsOf } from './propositions.js';

/** A name that is meant at a token without standing there. */
export interface Meant {
  at: number;
  name: NameSpan;
  /** As the subject of a proposition; else by "his" or "their", which may be somebody else's. */
  isSubject: boolean;
}

export interface TextContext {
  text: ReadText;
  /** The first token after the title; the first of what is no report, the publisher's name. */
  body: number;
  end: number;
  propositions: Proposition[];
  /** Of each token the index of its proposition, and of its sentence. */
  propositionOf: number[];
  sentenceOf: number[];
  /** The first token of each sentence. */
  starts: number[];
  /** Where each telling word stands. */
  wordsAt: Map<string, number[]>;
  meant: Meant[];
}

const OWNER = /^(?:his|her|their|its|him|them)$/;

/** Read once for a text. */
export function contextOf(text: ReadText, body = 0, end = text.tokens.length): TextContext {
  const { tokens } = text;
  const sentences = sentencesIn(tokens);
  const propositions = propositionsOf(text, body);
  const propositionOf = indexOf(propositions, tokens.length);
  const wordsAt = new Map<string, number[]>();
  const named = new Set(text.names.flatMap(({ next, start }) => range(start, next)));
  const counted = new Set([...text.numbers, ...text.dates].flatMap(({ next, start }) => range(start, next)));
  for (const [at, keys] of tellingAt(text, { start: 0, next: tokens.length }).entries()) {
    for (const key of named.has(at) || counted.has(at) || at >= end ? [] : keys) {
      const known = wordsAt.get(key) ?? [];
      known.push(at);
      wordsAt.set(key, known);
    }
  }
  const subjects = propositions.flatMap(({ isCarried, start, subjects: carried }) =>
    isCarried && start < end ? carried.map((name) => ({ at: start, name, isSubject: true })) : [],
  );
  const owners = tokens.flatMap(({ lower }, at): Meant[] => {
    const of = OWNER.test(lower) ? propositions[propositionOf[at] ?? 0] : undefined;
    const isSeveral = /^the(?:ir|m)$/.test(lower);
    const name = of?.subjects.find(({ kind }) => isSeveral || kind === 'person');
    return name && at < end ? [{ at, name, isSubject: false }] : [];
  });
  return {
    text,
    body,
    end,
    propositions,
    propositionOf,
    sentenceOf: indexOf(sentences, tokens.length),
    starts: sentences.map(({ start }) => start),
    wordsAt,
    meant: [...subjects, ...owners],
  };
}

function indexOf(spans: Span[], length: number): number[] {
  const index = new Array<number>(length).fill(0);
  for (const [i, { next, start }] of spans.entries()) {
    index.fill(i, start, next);
  }
  return index;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

const FRAMES =
  /^(?:by|for|from|to|against|under|over|with|of|at|in|on|off|past|since|until|between|and|after|before|than)$/;

/** The word that binds a slot to what stands before it; '' = none does. */
export function frameOf({ text: { tokens } }: TextContext, { next, start }: Span): string {
  const before = tokens
    .slice(Math.max(0, start - 3), start)
    .reverse()
    .find(
      ({ lower }) =>
        FRAMES.test(lower) || !/^(?:the|an?|his|her|their|its|just|only|about|rs|£|\$|₹)$/.test(lower),
    );
  return before && next > start && FRAMES.test(before.lower) ? before.lower : '';
}

/** Who does it or to whom it is done, where the words around a name say so. */
export function roleOf(context: TextContext, name: Span): 'doer' | 'done to' | undefined {
  const { text } = context;
  const proposition = context.propositions[context.propositionOf[name.start] ?? 0];
  const isSubject =
    proposition?.subjects.some(({ start }) => start === name.start) || name.start === name.next;
  const [doer, other] = proposition?.isPassive
    ? (['done to', 'doer'] as const)
    : (['doer', 'done to'] as const);
  if (isSubject) {
    return doer;
  }
  const frame = frameOf(context, name);
  if (frame === 'by') {
    return 'doer';
  }
  if (/^(?:over|against|beat|past)$/.test(frame)) {
    return 'done to';
  }
  const isAfter = proposition?.verb !== undefined && proposition.verb < name.start;
  return frame === '' && isAfter && isBearer(text.tokens, name as NameSpan) ? other : undefined;
}

/** No name is longer, in tokens. */
const LONGEST_NAME = 12;

/** The name right before a slot, or right after it in brackets: "Latham 92", "Warne's 708", "92 (Latham)". */
export function ownerOf({ text: { names, tokens } }: TextContext, slot: Span): NameSpan | undefined {
  return namesIn(names, { start: slot.start - LONGEST_NAME, next: slot.start }).find(
    ({ kind, next }) =>
      kind !== 'other' &&
      slot.next > slot.start &&
      (next === slot.start ||
        (next === slot.start - 1 && /^[,(]$/.test(tokens[next]?.text ?? '')) ||
        (next === slot.start - 1 && /'s$/.test(tokens[next - 1]?.lower ?? ''))),
  );
}
