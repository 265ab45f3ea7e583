// How much better the words around a claim fit a rival of the same kind than the claim's own place in the sources.
// Each feature is a difference, the rival's minus the claim's own: above 0 speaks against the sentence.
import type { Span } from '../pieces.js';
import { bearerOf, frameOf, keysIn, pieceOf, sentenceOf, type TextContext } from './context.js';

/** Names of the features, in the order of their weights. */
export const FEATURES = [
  'near in piece',
  'near in sentence',
  'near beside',
  'wide in piece',
  'wide in sentence',
  'wide beside',
  'frame',
  'bearer',
] as const;

export type Features = number[];

/** A place in a source. */
export interface Place extends Span {
  context: TextContext;
}

/** Keys with how much each tells, and what all of them together may tell. */
interface Weighed {
  keys: Map<string, number>;
  total: number;
}

/** The claim of a sentence with the keys that stand around it there. */
export interface Claim {
  /** Of its own piece, and of its whole sentence. */
  near: Weighed;
  wide: Weighed;
  frame: string;
  bearer: Set<string>;
}

/** Added to what the words tell, so that one or two of them prove little. */
const CAUTION = 0.5;
/** What a word weighs that no source has: it may be another word for anything. */
const UNKNOWN = 0.25;

/** `known` are the keys of the sources with the number of sentences that hold each. */
export function claimOf(said: TextContext, slot: Span, known: Map<string, number>): Claim {
  const weigh = (all: Set<string>): Weighed => {
    const keys = new Map(
      [...all].flatMap((key) => (known.has(key) ? [[key, 1 / (known.get(key) ?? 1)]] : [])),
    );
    const sum = [...keys.values()].reduce((one, other) => one + other, 0);
    return { keys, total: sum + CAUTION + UNKNOWN * (all.size - keys.size) };
  };
  return {
    near: weigh(keysIn(said, pieceOf(said, slot), slot)),
    wide: weigh(keysIn(said, { start: 0, next: said.text.tokens.length }, slot)),
    frame: frameOf(said, slot),
    bearer: bearerOf(said, slot),
  };
}

/** Tokens over which nearness within a sentence falls to a third. */
const REACH = 8;

/** How well a place of a source fits the claim, each part from 0 to 1; the last two from -1. */
export function fitOf(claim: Claim, place: Place): Features {
  const { context } = place;
  const [piece, sentence] = [pieceOf(context, place), sentenceOf(context, place)];
  const nearness = (key: string) => {
    // A piece that names nobody is about whom the piece before it is about.
    let [inPiece, inSentence, beside] = [bearer.has(key) ? 1 : 0, 0, 0];
    for (const at of context.places.get(key) ?? []) {
      if (at >= place.start && at < place.next) {
        continue;
      }
      const distance = at < place.start ? place.start - at : at - place.next + 1;
      if (at >= sentence.start && at < sentence.next) {
        inSentence = 1;
        beside = Math.max(beside, Math.exp(-distance / REACH));
        inPiece = at >= piece.start && at < piece.next ? 1 : inPiece;
      }
    }
    return [inPiece, inSentence, beside];
  };
  const bearer = bearerOf(context, place);
  const parts = [claim.near, claim.wide].flatMap(({ keys, total }) => {
    const sums = [0, 0, 0];
    for (const [key, weight] of keys) {
      for (const [i, value] of nearness(key).entries()) {
        sums[i] = (sums[i] ?? 0) + weight * value;
      }
    }
    return sums.map((sum) => sum / total);
  });
  const frame = frameOf(context, place);
  return [
    ...parts,
    frame && claim.frame ? (frame === claim.frame ? 1 : -1) : 0,
    bearer.size > 0 && claim.bearer.size > 0
      ? [...bearer].some((key) => claim.bearer.has(key))
        ? 1
        : -1
      : 0,
  ];
}

/** One number for a fit, to find the best of several. */
export function sumOf(fit: Features): number {
  return fit.reduce((sum, value, i) => sum + value * (i < 6 ? 1 : 0.3), 0);
}

/** The rival's fit minus the claim's own, each from -1 to 1. */
export function differences(rival: Features, own: Features): Features {
  return rival.map((value, i) => Math.max(-1, Math.min(1, value - (own[i] ?? 0))));
}
