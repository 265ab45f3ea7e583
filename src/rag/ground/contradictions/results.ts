// Who beat whom. "Pakistan beat Australia" has every word of "Australia beat Pakistan", so winner and loser are
// read out of both and compared.

import type { ReadText } from '../check.js';
import { isSameName } from '../clauses.js';
import { bearsOut } from '../match-numbers.js';
import type { NameSpan } from '../names.js';
import { type Pieced, type Span, sentenceAt } from '../pieces.js';
import type { FindContradicted } from './contradiction.js';

interface Result extends Span {
  winner?: NameSpan | undefined;
  loser?: NameSpan | undefined;
}

const BEATS =
  /^(?:beats?|beating|beaten|defeat(?:s|ed|ing)?|thrash(?:es|ed|ing)?|hammer(?:s|ed)?|crush(?:es|ed)?|rout(?:s|ed)?|overc[ao]mes?|edg(?:es|ed)|down(?:s|ed)|stun(?:s|ned)|swe(?:pt|eps?)|outplay(?:s|ed)|eliminat(?:es|ed)|overpower(?:s|ed)|trounc(?:es|ed)|demolish(?:es|ed)|humbl(?:es|ed)|whitewash(?:es|ed)|overwhelm(?:s|ed))$/;
/** Words between which and the other side stands "over", "to" or "by" at most. */
const WINS = /^(?:wins?|won|winning|victory|victories|triumph(?:s|ed)?|prevail(?:s|ed)?)$/;
const LOSES = /^(?:los[te]s?|losing|loss|losses|defeats?|succumb(?:s|ed)?|beaten)$/;
const NOT = /^(?:not|never|nor|without)$|n't$/;
/** Tokens between the verb and the side that it names at most. */
const NEAR = 5;
const FAR = 9;
/** What "won" goes on with when it is the match that was won. */
const MATCH =
  /^(?:by|comfortably|easily|again|with|narrowly|convincingly|the (?:match|game|test|series|odi|t20|final|opener|second|third|first|fourth|fifth|decider))\b/;

export const findTurnedResults: FindContradicted = (said, texts) => {
  const claims = resultsOf(said);
  const told =
    claims.length > 0 ? texts.flatMap((text) => resultsOf(text).map((each) => ({ ...each, text }))) : [];
  return claims.filter(({ loser, winner }) => {
    const isAgainst = (other: Result) => isSame(winner, other.loser) || isSame(loser, other.winner);
    const isFitting = (one: NameSpan | undefined, other: NameSpan | undefined) =>
      !one || !other || isSameName(one, other);
    const isTold = told.some(
      (other) => !isAgainst(other) && holds(winner, other.winner) && holds(loser, other.loser),
    );
    const isTurned = told.some(
      (other) =>
        isAgainst(other) &&
        isFitting(winner, other.loser) &&
        isFitting(loser, other.winner) &&
        (!winner || !loser || (other.winner !== undefined && other.loser !== undefined)) &&
        isOneEvent(said, other.text, other),
    );
    return isTurned && !isTold;
  });
};

/** Every figure of the sentence stands beside the result that is told: "the first match", "by 360 runs". */
function isOneEvent(said: ReadText, text: ReadText, result: Span): boolean {
  const { next, start } = sentenceAt(text.tokens, result.start);
  const facts = text.numbers.filter((fact) => fact.start >= start && fact.next <= next);
  return said.numbers.every((claim) => facts.some((fact) => bearsOut(fact, claim)));
}

/** Whatever one leaves open is no contradiction. */
function holds(claim: NameSpan | undefined, fact: NameSpan | undefined): boolean {
  return !claim || !fact || isSameName(claim, fact);
}

function isSame(one: NameSpan | undefined, other: NameSpan | undefined): boolean {
  return one !== undefined && other !== undefined && isSameName(one, other);
}

function resultsOf(text: Pieced): Result[] {
  return text.tokens.flatMap((_, at) => resultAt(text, at) ?? []);
}

function resultAt(text: Pieced, at: number): Result | undefined {
  const { tokens } = text;
  const word = tokens[at]?.lower ?? '';
  const isBeat = BEATS.test(word);
  if (!isBeat && !WINS.test(word) && !LOSES.test(word)) {
    return undefined;
  }
  if (NOT.test(wordBefore(text, at))) {
    return undefined;
  }
  const isPassive = isBeat && /^(?:was|were|been|being|be|are|is)$/.test(wordBefore(text, at));
  const after = LOSES.test(word) ? (nameAfterTo(text, at) ?? nameAfter(text, at)) : nameAfter(text, at);
  const before = nameBefore(text, at, after?.kind);
  if ((!before && !after) || before === after) {
    return undefined;
  }
  const joint = jointBefore(text, after);
  const place = { start: before?.start ?? at, next: after?.next ?? at + 1 };
  if (isPassive || (LOSES.test(word) && /^(?:to|by|against)$/.test(joint))) {
    return after && joint !== '' ? { loser: before, winner: after, ...place } : undefined;
  }
  if (WINS.test(word)) {
    const isOver = after !== undefined && /^(?:over|against)$/.test(joint);
    return isOver ? { winner: before, loser: after, ...place } : before && wonAlone(text, at, before);
  }
  const isObject = isBeat && word !== 'beaten' && after && !isPreposition(joint);
  return isObject ? { winner: before, loser: after, ...place } : undefined;
}

/** "Pakistan won by 20 runs" leaves open against whom. */
function wonAlone({ tokens }: Pieced, at: number, winner: NameSpan): Result | undefined {
  const rest = tokens.slice(at + 1, at + 3).map(({ lower }) => lower);
  const isMatch = tokens[at]?.lower === 'won' && MATCH.test(rest.join(' ')) && winner.next >= at - 1;
  return isMatch ? { winner, start: winner.start, next: at + 1 } : undefined;
}

function isPreposition(word: string): boolean {
  return /^(?:in|at|by|for|to|on|from|over|against|with|of)$/.test(word);
}

/** The word between the verb and the name after it that binds them; "the", "hosts" and the like aside. */
function jointBefore({ tokens }: Pieced, name: NameSpan | undefined): string {
  if (!name) {
    return '';
  }
  const at = tokens[name.start - 1]?.lower === 'the' ? name.start - 2 : name.start - 1;
  return tokens[at]?.lower ?? '';
}

function wordBefore({ tokens }: Pieced, at: number): string {
  const before = tokens[at - 1]?.lower ?? '';
  return /ly$|^(?:also|just|been)$/.test(before) ? (tokens[at - 2]?.lower ?? '') : before;
}

function nameAfter({ names, tokens }: Pieced, at: number): NameSpan | undefined {
  const { next } = sentenceAt(tokens, at);
  const name = names.find(({ start }) => start > at && start <= at + NEAR && start < next);
  const between = name ? tokens.slice(at + 1, name.start) : [];
  return between.some(({ lower }) => /^(?:[,;]|and|but|while|when|as|after|in|at|on)$/.test(lower))
    ? undefined
    : name;
}

/** "Lost the final of the cup to Ash". */
function nameAfterTo({ names, tokens }: Pieced, at: number): NameSpan | undefined {
  const { next } = sentenceAt(tokens, at);
  const to = tokens.findIndex(({ lower }, i) => i > at && i < Math.min(next, at + FAR) && lower === 'to');
  const first = tokens[to + 1]?.lower === 'the' ? to + 2 : to + 1;
  return to < 0 ? undefined : names.find(({ start }) => start === first);
}

/** The nearest one before, of the kind of the one after: "Australia, led by Pat Cummins, beat Pakistan". */
function nameBefore({ names, tokens }: Pieced, at: number, kind?: NameSpan['kind']): NameSpan | undefined {
  const { start } = sentenceAt(tokens, at);
  const before = names.filter(
    (name) => name.start >= start && name.next <= at && tokens[name.start]?.isCapital,
  );
  const isSubject = (name: NameSpan) =>
    !/^(?:in|at|by|for|on|from|of|against|over|under|with)$/.test(jointBefore({ names, tokens }, name));
  const isPronoun = before.length === 0 && /^(?:they|it)$/.test(tokens[start]?.lower ?? '');
  if (isPronoun && start > 0) {
    const last = sentenceAt(tokens, start - 1);
    return names.find((name) => name.kind === 'team' && name.start >= last.start && name.next <= last.next);
  }
  return before.findLast((name) => (kind === undefined || name.kind === kind) && isSubject(name));
}
