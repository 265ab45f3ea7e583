// Claims of a sentence that stand in its sources beside rivals, with what speaks for the best rival.
import type { ReadText } from '../check.js';
import type { SourceText } from '../contradictions/contradiction.js';
import { isOthersTotal } from '../match-claims.js';
import type { Span } from '../pieces.js';
import { contextOf, type TextContext } from './context.js';
import { claimOf, differences, type Features, fitOf, sumOf } from './features.js';
import { SLOTS, type SlotKind } from './slots.js';

export interface Candidate extends Span {
  kind: SlotKind;
  /** The best rival's fit minus the best of the claim's own. */
  features: Features;
  /** What stands at the best rival's place, for those who ask why. */
  rival: string;
}

/** Claims of a sentence, and places of a source, that are compared at most. */
const MOST_CLAIMS = 12;
const MOST_PLACES = 100;

const known = new WeakMap<ReadText, TextContext>();

export function candidatesOf(said: ReadText, texts: SourceText[]): Candidate[] {
  const sentence = contextOf(said);
  const contexts = texts.map((text) => {
    const context = known.get(text) ?? contextOf(text, text.end);
    known.set(text, context);
    return context;
  });
  const sentencesWith = new Map<string, number>();
  for (const [key, count] of contexts.flatMap((context) => [...context.sentencesWith])) {
    sentencesWith.set(key, (sentencesWith.get(key) ?? 0) + count);
  }
  return SLOTS.flatMap(({ factsIn, isRival, isSame, kind }) => {
    const facts = factsIn(said).slice(0, MOST_CLAIMS);
    const told = contexts.flatMap((context) =>
      placesIn(context, kind, factsIn(context.text)).slice(0, MOST_PLACES),
    );
    return facts.flatMap((claim): Candidate[] => {
      const homes = told.filter(({ fact }) => isSame(fact, claim));
      const all: Span[] = { number: said.numbers, date: said.dates, name: said.names }[kind];
      const rivals = told.filter(
        ({ context: { text }, fact, isSure = true }) =>
          isSure &&
          !isSame(fact, claim) &&
          isRival(fact, claim, text, said) &&
          // What the sentence says, too, stands there with reason.
          !all.some((other) => isSame(fact, other)),
      );
      const isLeft = isOthersTotal(said.tokens, claim.start) || isEdge(said, claim);
      if (homes.length === 0 || rivals.length === 0 || isLeft) {
        return [];
      }
      const around = claimOf(sentence, claim, sentencesWith);
      const best = (places: Told[]) =>
        places
          .map((told) => {
            const { at, context, fact } = told;
            const place = { context, start: at ?? fact.start, next: at === undefined ? fact.next : at + 1 };
            return { told, fit: fitOf(around, place) };
          })
          .reduce((one, other) => (sumOf(other.fit) > sumOf(one.fit) ? other : one));
      const [mine, other] = [best(homes), best(rivals)];
      const { next, start } = claim;
      return [{ kind, start, next, features: differences(other.fit, mine.fit), rival: wordsOf(other.told) }];
    });
  });
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
  context: TextContext;
  fact: Span;
  /** Where it is meant without being written. */
  at?: number;
  isSure?: boolean;
}

function placesIn(context: TextContext, kind: SlotKind, facts: Span[]): Told[] {
  const written = facts.filter(({ start }) => start < context.end).map((fact) => ({ fact, context }));
  const meant = context.carried.map(({ at, isSure, name }) => ({ fact: name, context, at, isSure }));
  return kind === 'name' ? [...written, ...meant] : written;
}

function wordsOf({ context: { text }, fact }: Told): string {
  return text.tokens
    .slice(fact.start, fact.next)
    .map((token) => token.text)
    .join(' ');
}
