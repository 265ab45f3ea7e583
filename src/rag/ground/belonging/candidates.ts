// Claims of a sentence that stand in its sources beside rivals: for each, how well the words around it fit the places
// of its own fact, and those of the others.
import type { ReadText } from '../check.js';
import { isSameName } from '../clauses.js';
import type { SourceText } from '../contradictions/contradiction.js';
import { isOthersTotal } from '../match-claims.js';
import type { NameSpan } from '../names.js';
import { namesIn, type Span } from '../pieces.js';
import { anchored } from './anchors.js';
import { contextOf, roleOf, type TextContext } from './context.js';
import { type Features, fitOf, type Place } from './features.js';
import { SLOTS, type SlotKind } from './slots.js';

/** A place of a source with how well it fits the claim. */
export interface Fitted {
  place: Place;
  fit: Features;
}

export interface Candidate extends Span {
  kind: SlotKind;
  /** Places of the claim's own fact, and of its rivals; neither is empty. */
  homes: Fitted[];
  rivals: Fitted[];
}

/** Claims of a sentence, and places of a source, that are compared at most. */
const MOST_CLAIMS = 12;
const MOST_PLACES = 200;

const known = new WeakMap<ReadText, TextContext>();

/** `isWide` adds rivals of whom it is in doubt that they are meant: fitting needs them, judging does not. */
export function candidatesOf(said: ReadText, texts: SourceText[], isWide = false): Candidate[] {
  const contexts = texts.map((text) => {
    const context = known.get(text) ?? contextOf(text, text.body, text.end);
    known.set(text, context);
    return context;
  });
  const sentence = anchored(contextOf(said), contexts);
  return SLOTS.flatMap(({ factsIn, isRival, isSame, kind }) => {
    const told = contexts.flatMap((context) =>
      placesIn(context, kind, factsIn(context.text)).slice(0, MOST_PLACES),
    );
    const isFree = kind === 'name' && hasFreePronoun(said);
    const all: Span[] = { number: said.numbers, date: said.dates, name: said.names }[kind];
    return factsIn(said)
      .slice(0, MOST_CLAIMS)
      .flatMap((claim): Candidate[] => {
        const homes = told.filter(({ fact }) => isSame(fact, claim));
        const rivals = told.filter(
          // A headline mixes what its report tells apart.
          ({ fact, place: { context, isDoubtful, start } }) =>
            (isWide || !isDoubtful) &&
            start >= context.body &&
            !(isFree && roleOf(context, fact) === 'doer') &&
            !isSame(fact, claim) &&
            isRival(fact, claim, context.text, said) &&
            // What the sentence says, too, stands there with reason.
            !all.some((other) => isSame(fact, other)),
        );
        const isLeft = isOthersTotal(said.tokens, claim.start) || isEdge(said, claim);
        if (homes.length === 0 || rivals.length === 0 || isLeft) {
          return [];
        }
        const fitted = ({ place }: Told): Fitted => ({ place, fit: fitOf(sentence, claim, place) });
        const { next, start } = claim;
        return [{ kind, start, next, homes: homes.map(fitted), rivals: rivals.map(fitted) }];
      });
  });
}

/** Propositions after a name whose subject is not told: they may be about the same one. */
function doubtful({ end, propositions, sentenceOf, starts }: TextContext, facts: NameSpan[]) {
  const people = facts.slice(0, MOST_NAMES);
  return propositions.flatMap(({ isCarried, start }) => {
    if (!isCarried || start >= end) {
      return [];
    }
    const from = starts[Math.max(0, (sentenceOf[start] ?? 0) - 2)] ?? 0;
    const near = namesIn(people, { start: from, next: start });
    return near
      .filter((name, i) => near.findIndex((one) => isSameName(one, name)) === i)
      .map((name) => ({ name, at: start }));
  });
}

/** Names of a source that may be meant further on. */
const MOST_NAMES = 120;

/** "He needs 208 more": whom a sentence begins with may be anybody who does something in the sources. */
function hasFreePronoun({ names, tokens }: ReadText): boolean {
  const at = tokens.findIndex(({ lower }) => /^(?:he|she|they|it)$/.test(lower));
  return at >= 0 && !names.some(({ start }) => start < at);
}

/** "The beginning of April", "had first dismissed": the words there tell when, not of what. */
function isEdge({ tokens }: ReadText, { start }: Span): boolean {
  if (tokens[start]?.lower === 'first' && /^(?:ha[sd]|have|at)$/.test(tokens[start - 1]?.lower ?? '')) {
    return true;
  }
  const isOf = tokens[start - 1]?.lower === 'of';
  return isOf && /^(?:beginning|start|end|middle)$/.test(tokens[start - 2]?.lower ?? '');
}

interface Told {
  fact: Span;
  /** Where it stands, or where it is meant without being written. */
  place: Place;
}

function placesIn(context: TextContext, kind: SlotKind, facts: Span[]): Told[] {
  const written = facts
    .filter(({ start }) => start < context.end)
    .map((fact) => ({ fact, place: { context, start: fact.start, next: fact.next } }));
  const meant = context.meant
    .filter(({ isSubject }) => isSubject)
    .map(({ at, name }) => ({ fact: name, place: { context, start: at, next: at } }));
  const unsure = doubtful(context, kind === 'name' ? (facts as NameSpan[]) : []).map(({ at, name }) => ({
    fact: name,
    place: { context, start: at, next: at, isDoubtful: true },
  }));
  return kind === 'name' ? [...written, ...meant, ...unsure] : written;
}
