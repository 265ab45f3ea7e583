// How somebody was out, and to whom. "He edged Starc behind" where the source has him caught behind off Cummins.
import { isSameName } from '../clauses.js';
import type { NameSpan } from '../names.js';
import { type Pieced, type Span, sentenceAt } from '../pieces.js';
import type { FindContradicted } from './contradiction.js';

type Mode = 'caught' | 'bowled' | 'lbw' | 'stumped' | 'run out';

const MODES: [Mode, RegExp][] = [
  ['run out', /\brun (?:- )?out\b/],
  ['stumped', /\bstumped\b/],
  ['lbw', /\blbw\b|\bleg before\b|\btrapped\b/],
  ['caught', /\bcaught\b|\bedg(?:ed|ing|es)\b|\bnicked\b|\bskied\b|\bholed out\b/],
  [
    'bowled',
    /\b(?:was|were|been|being|is|him|her|clean) bowled\b|\bbowled (?:by|for|through)\b|\bcastled\b|\bcleaned up\b/,
  ],
];
/** Out to a bowler, whatever the way. */
const OUT_TO =
  /\b(?:fell|falls) to\b|\bdismiss(?:ed|es|ing)\b|\bremoved\b|\bhad\b.{1,40}\b(?:caught|lbw|bowled|stumped)\b/;
const ENDS = /^(?:;|while|but)$/;

interface Dismissal extends Span {
  modes: Mode[];
  people: NameSpan[];
}

export const findOtherDismissals: FindContradicted = (said, texts) => {
  const claims = dismissalsOf(said);
  const told = claims.length > 0 ? texts.flatMap(dismissalsOf) : [];
  return claims.filter((claim) => {
    const [one] = claim.people;
    if (!one) {
      return false;
    }
    const same = told.filter(({ people }) =>
      people.some((other) => claim.people.some((own) => isSameName(own, other))),
    );
    const modes = same.flatMap((other) => other.modes);
    const isOtherWay =
      claim.modes.length > 0 && modes.length > 0 && !claim.modes.some((mode) => modes.includes(mode));
    return isOtherWay || isOtherBowler(claim, same);
  });
};

/** Two people of the sentence; the source tells of one of them and of somebody else in the other's place. */
function isOtherBowler({ people }: Dismissal, same: Dismissal[]): boolean {
  const known = same.flatMap((other) => other.people);
  const isKnown = (name: NameSpan) => known.some((other) => isSameName(name, other));
  const isOther = (name: NameSpan) => !people.some((own) => isSameName(own, name));
  return people.length === 2 && people.some((name) => !isKnown(name)) && known.some(isOther);
}

function dismissalsOf(text: Pieced): Dismissal[] {
  const { names, tokens } = text;
  const found: Dismissal[] = [];
  for (let start = 0; start < tokens.length; ) {
    const { next } = clauseAt(text, start);
    const words = tokens
      .slice(start, next)
      .map(({ lower }) => lower)
      .join(' ');
    const modes = MODES.filter(([, pattern]) => pattern.test(words)).map(([mode]) => mode);
    const inside = names.filter((name) => name.kind === 'person' && name.start >= start && name.next <= next);
    const isBowledOut = bowledBy(text, { start, next });
    if (modes.length > 0 || OUT_TO.test(words) || isBowledOut) {
      found.push({
        start,
        next,
        modes: isBowledOut ? [...modes, 'bowled'] : modes,
        people: distinct(inside),
      });
    }
    start = next;
  }
  return found;
}

/** "Ash bowled Vale": a person right after the verb. */
function bowledBy({ names, tokens }: Pieced, { next, start }: Span): boolean {
  return names.some(
    (name) =>
      name.kind === 'person' &&
      name.start > start &&
      name.next <= next &&
      tokens[name.start - 1]?.lower === 'bowled',
  );
}

function clauseAt({ tokens }: Pieced, start: number): Span {
  const { next } = sentenceAt(tokens, start);
  const end = tokens.findIndex(({ lower }, i) => i > start && i < next && ENDS.test(lower));
  return { start, next: end < 0 ? next : end };
}

function distinct(names: NameSpan[]): NameSpan[] {
  return names.filter((name, i) => !names.slice(0, i).some((other) => isSameName(other, name)));
}
