// What a text tells around each of its places: the words of its piece, of its sentence, and whom its pronouns mean.
import type { ReadText } from '../check.js';
import { isOthersTotal } from '../match-claims.js';
import type { NameSpan } from '../names.js';
import { keysOf, pieceAt, type Span, sentenceAt, sentencesIn, tellingAt } from '../pieces.js';
import { isOpening, isPart } from './slots.js';

/** A name that is meant at a token; `isSure` where a pronoun is the subject, else it may be somebody else. */
export interface Carried {
  at: number;
  name: NameSpan;
  isSure: boolean;
}

export interface TextContext {
  text: ReadText;
  /** The first token of what is no report: the publisher's name. */
  end: number;
  /** Keys that each token tells; a pronoun tells whom it means. */
  keysAt: string[][];
  /** Places at which a name is meant and not written. */
  carried: Carried[];
  /** Sentences in which a key stands. */
  sentencesWith: Map<string, number>;
  /** Where each key stands. */
  places: Map<string, number[]>;
}

const PRONOUN = /^(?:he|she|they|his|her|their|its|it|him|them)$/;

/** Read once for a text. */
export function contextOf(text: ReadText, end = text.tokens.length): TextContext {
  const keysAt = tellingAt(text, { start: 0, next: text.tokens.length }).map((keys) => [...keys]);
  const carried: TextContext['carried'] = [];
  const subjects: { person?: NameSpan; team?: NameSpan } = {};
  for (const { next, start } of sentencesIn(text.tokens)) {
    const pronoun = text.tokens.findIndex(({ lower }, i) => i >= start && i < next && PRONOUN.test(lower));
    for (const kind of ['person', 'team'] as const) {
      const first = text.names.find(
        (name) =>
          name.start >= start &&
          name.next <= next &&
          name.kind === kind &&
          name.start < end &&
          isSubject(text, name),
      );
      const isCarried = !first || (pronoun >= 0 && pronoun < first.start);
      const [at, name] = [pronoun >= 0 ? pronoun : start, subjects[kind]];
      if (!isCarried) {
        // Whom a sentence is about: who stands first in it.
        subjects[kind] = first;
      } else if (name) {
        keysAt[at]?.push(...keysOf(name));
        carried.push({ at, name, isSure: /^(?:he|she|they)$/.test(text.tokens[at]?.lower ?? '') });
      }
    }
  }
  const sentencesWith = new Map<string, number>();
  for (const { next, start } of sentencesIn(text.tokens)) {
    for (const key of new Set(keysAt.slice(start, next).flat())) {
      sentencesWith.set(key, (sentencesWith.get(key) ?? 0) + 1);
    }
  }
  const places = new Map<string, number[]>();
  for (const [at, keys] of keysAt.entries()) {
    for (const key of keys) {
      const known = places.get(key) ?? [];
      known.push(at);
      places.set(key, known);
    }
  }
  return { text, end, keysAt, carried, sentencesWith, places };
}

/** Not what stands after a word that makes it a place or an object. */
function isSubject(text: ReadText, name: NameSpan): boolean {
  const { start } = name;
  const before = text.tokens[start - (text.tokens[start - 1]?.lower === 'the' ? 2 : 1)]?.lower ?? '';
  return !FRAMES.test(before) && !isOpening(text, name) && !isPart(text, name);
}

/** The keys of a span without those of the slot itself. */
export function keysIn({ keysAt, text }: TextContext, { next, start }: Span, except: Span): Set<string> {
  return new Set(
    keysAt.flatMap((keys, at) =>
      at >= start && at < next && (at < except.start || at >= except.next) && !isOthersTotal(text.tokens, at)
        ? keys
        : [],
    ),
  );
}

export function pieceOf({ text }: TextContext, slot: Span): Span {
  return pieceAt(text, slot);
}

export function sentenceOf({ text }: TextContext, slot: Span): Span {
  return sentenceAt(text.tokens, slot.start);
}

const FRAMES =
  /^(?:by|for|from|to|against|under|over|with|of|at|in|on|off|past|since|until|between|and|after|before)$/;

/** The word that binds a slot to what stands before it; '' = none does. */
export function frameOf({ text: { tokens } }: TextContext, { start }: Span): string {
  const before = tokens
    .slice(Math.max(0, start - 3), start)
    .reverse()
    .find(
      ({ lower }) =>
        FRAMES.test(lower) || !/^(?:the|an?|his|her|their|its|just|only|about|rs|£|\$|₹)$/.test(lower),
    );
  return before && FRAMES.test(before.lower) ? before.lower : '';
}

/** The nearest name before a slot in its sentence. */
export function bearerOf(context: TextContext, slot: Span): Set<string> {
  const { start } = sentenceOf(context, slot);
  for (let at = slot.start - 1; at >= start; at -= 1) {
    const isNamed = context.text.names.some(
      (name) => at >= name.start && at < name.next && name.kind !== 'other',
    );
    const keys = context.keysAt[at] ?? [];
    if (keys.length > 0 && (isNamed || PRONOUN.test(context.text.tokens[at]?.lower ?? ''))) {
      return new Set(keys);
    }
  }
  return new Set();
}
