// How well a place of a source fits the words around a claim. The same claim may fit several places: the one where its
// own fact stands, and those of its rivals. Weights over these features choose among them.
import type { ReadText } from '../check.js';
import { isSameName } from '../clauses.js';
import { bearsOut } from '../match-numbers.js';
import { keyOf, namesIn, type Span } from '../pieces.js';
import type { Anchor, Anchored } from './anchors.js';
import { frameOf, ownerOf, roleOf, type TextContext } from './context.js';
import { isBeing, isHelping } from './verbs.js';

/** Names of the features, in the order of their weights. */
export const FEATURES = [
  'who in proposition',
  'figures in proposition',
  'words in proposition',
  'near in sentence',
  'near beside',
  'wide in proposition',
  'wide in sentence',
  'wide beside',
  'wide in next',
  'others named',
  'other sides named',
  'other figures',
  'same frame',
  'other frame',
  'same owner',
  'other owner',
  'same role',
  'other role',
  'same verb',
  'other verb',
  'same neighbour',
  'in title',
  'carried',
  'doubtful',
] as const;

export type Features = number[];

/** A place in a source; `fact` is what stands there. */
export interface Place extends Span {
  context: TextContext;
  /** Nobody is named there, and it may be somebody else. */
  isDoubtful?: boolean;
}

/** Added to what the words tell, so that one or two of them prove little. */
const CAUTION = 0.5;
/** What a word weighs that no source has: it may be another word for anything. */
const UNKNOWN = 0.2;
/** Tokens over which nearness falls to a third. */
const REACH = 8;

/** How well the place fits the claim; most features lie between 0 and 1. */
export function fitOf({ anchors, said }: Anchored, claim: Span, place: Place): Features {
  const { context } = place;
  const own = said.propositionOf[claim.start] ?? 0;
  const others = anchors.filter(({ next, start }) => next <= claim.start || start >= claim.next);
  const at = Math.min(place.start, context.propositionOf.length - 1);
  const [proposition, sentence] = [context.propositionOf[at], context.sentenceOf[at] ?? 0];
  const seen = (anchor: Anchor) => {
    let [inProposition, inSentence, beside, inNext] = [0, 0, 0, 0];
    for (const token of anchor.at.get(context) ?? []) {
      if (token >= place.start && token < place.next) {
        continue;
      }
      const away = (context.sentenceOf[token] ?? 0) - sentence;
      if (away === 0) {
        const distance = token < place.start ? place.start - token : token - place.next + 1;
        inSentence = 1;
        beside = Math.max(beside, Math.exp(-distance / REACH));
        inProposition = context.propositionOf[token] === proposition ? 1 : inProposition;
      } else if (Math.abs(away) === 1) {
        inNext = 1;
      }
    }
    return { inProposition, inSentence, beside, inNext };
  };
  const found = others.map((anchor) => ({ anchor, ...seen(anchor) }));
  const near = found.filter(({ anchor }) => anchor.proposition === own);
  const share = (list: typeof found, part: keyof ReturnType<typeof seen>) => {
    let [sum, total] = [0, CAUTION];
    for (const one of list) {
      const { weight } = one.anchor;
      total += weight > 0 ? weight : UNKNOWN;
      sum += weight * one[part];
    }
    return sum / total;
  };
  const of = (sort: Anchor['sort']) => near.filter(({ anchor }) => anchor.sort === sort);
  const beside = near.map(({ anchor }) => anchor);
  return [
    share(of('who'), 'inProposition'),
    share(of('figure'), 'inProposition'),
    share(of('word'), 'inProposition'),
    share(near, 'inSentence'),
    share(near, 'beside'),
    share(found, 'inProposition'),
    share(found, 'inSentence'),
    share(found, 'beside'),
    share(found, 'inNext'),
    othersNamed('person', beside, place, proposition),
    othersNamed('team', beside, place, proposition),
    otherFigures(beside, place, proposition),
    ...sameOrOther(frameOf(said, claim), frameOf(context, place), (one, other) => one === other),
    ...sameOrOther(ownerOf(said, claim), ownerOf(context, place), isSameName),
    ...sameOrOther(
      'words' in claim ? roleOf(said, claim) : undefined,
      'words' in claim ? roleOf(context, place) : undefined,
      (one, other) => one === other,
    ),
    ...sameOrOther(verbOf(said, claim), verbOf(context, place), (one, other) => one === other),
    neighbour(said.text, claim, context.text, place),
    place.start < context.body ? 1 : 0,
    place.start === place.next ? 1 : 0,
    place.isDoubtful ? 1 : 0,
  ];
}

/** The place's proposition names people, and none of those whom the claim's names, though sources know them. */
function othersNamed(
  kind: 'person' | 'team',
  near: Anchor[],
  { context, next, start }: Place,
  proposition: number | undefined,
): number {
  const ours = near.flatMap(({ name, weight }) => (name?.kind === kind && weight > 0 ? [name] : []));
  const of = context.propositions[proposition ?? 0];
  if (ours.length === 0 || !of) {
    return 0;
  }
  const theirs = [...namesIn(context.text.names, of), ...of.subjects].filter(
    (name) => name.kind === kind && !(name.start >= start && name.next <= next),
  );
  return theirs.length > 0 && !theirs.some((name) => ours.some((own) => isSameName(name, own))) ? 1 : 0;
}

/** A figure of the claim's proposition has a rival in the place's, and does not stand there. */
function otherFigures(
  near: Anchor[],
  { context, next, start }: Place,
  proposition: number | undefined,
): number {
  const of = context.propositions[proposition ?? 0];
  const inside = context.text.numbers.filter(
    (fact) =>
      of !== undefined &&
      fact.start >= of.start &&
      fact.next <= of.next &&
      !(fact.start >= start && fact.next <= next),
  );
  const isOther = near.some(
    ({ number, weight }) =>
      number &&
      weight > 0 &&
      inside.some((fact) => fact.kind === number.kind && fact.unit === number.unit) &&
      !inside.some((fact) => bearsOut(fact, number)),
  );
  return isOther ? 1 : 0;
}

function sameOrOther<Value>(
  one: Value | undefined | '',
  other: Value | undefined | '',
  isSame: (one: Value, other: Value) => boolean,
): [number, number] {
  if (!one || !other) {
    return [0, 0];
  }
  return isSame(one, other) ? [1, 0] : [0, 1];
}

/** The verb of a slot's proposition, made comparable; '' = none, or one that goes with anything. */
function verbOf({ propositionOf, propositions, text: { tokens } }: TextContext, { start }: Span): string {
  const index = propositionOf[Math.min(start, tokens.length - 1)] ?? 0;
  const at = propositions[index]?.verb ?? propositions[index - 1]?.verb;
  const token = at === undefined ? undefined : tokens[at];
  return token && !isHelping(token) && !isBeing(token) ? keyOf(token) : '';
}

/** The telling words right before and right after a slot: "match referee Vale", "the 17th minute". */
function neighbour(said: ReadText, claim: Span, text: ReadText, place: Span): number {
  const beside = ({ tokens }: ReadText, { next, start }: Span) =>
    [tokens[start - 1], tokens[next]].flatMap((token) =>
      token?.isWord && token.text.length > 3 ? [keyOf(token)] : [],
    );
  const ours = beside(said, claim);
  return beside(text, place).some((key) => ours.includes(key)) ? 1 : 0;
}

/** What the weights make of a fit. */
export function scoreOf(fit: Features, weights: Features): number {
  return fit.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
}
