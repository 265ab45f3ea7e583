// Whether texts bear out a number of a sentence, with all that stands around it here and there.
import { isElses } from './clauses.js';
import type { NumberFact } from './facts.js';
import { isInningsBorneOut } from './innings.js';
import type { NamedText } from './match-names.js';
import { bearsOut, isSameSort } from './match-numbers.js';
import { isRepeated, isToldTwice } from './twice.js';

/** A sentence or a text, read. */
export type Told = Pick<NamedText, 'tokens' | 'names'> & { numbers: NumberFact[] };
/** `body` is the first token after the title. */
export type Source = Told & { body: number };

export function isNumberBorneOut(said: Told, claim: NumberFact, texts: Source[]): boolean {
  if (isRepeated(said, claim)) {
    return texts.some((text) => isToldTwice(text, claim));
  }
  return texts.some((text) => {
    const isHeld = (one: NumberFact) => text.numbers.some((fact) => isBorneOutBy(said, one, text, fact));
    return isHeld(claim) || isInOver(claim, text) || isInningsBorneOut(said, claim, text, isHeld);
  });
}

function isBorneOutBy(said: Told, claim: NumberFact, text: Told, fact: NumberFact): boolean {
  return (
    (bearsOut(fact, claim) || isSameRun(said, claim, text, fact)) &&
    !isOfOthers(fact, claim, text) &&
    (isOwnedByNone(said, claim) || !isElses(said, claim, text, fact))
  );
}

/** "Champions in each of the last two seasons" of who won "the last two titles". */
function isSameRun(said: Told, claim: NumberFact, text: Told, fact: NumberFact): boolean {
  const wordBefore = ({ tokens }: Told, { start }: NumberFact) => tokens[start - 1]?.lower ?? '';
  const isRun = [wordBefore(said, claim), wordBefore(text, fact)].every((word) =>
    /^(?:last|past|previous|next)$/.test(word),
  );
  return isRun && fact.kind === 'count' && claim.kind === 'count' && fact.value === claim.value;
}

/** An age group is nobody's, and "number 500 was Vale" names the victim where the source has the bowler. */
function isOwnedByNone({ tokens }: Told, { isRank, next, start, unit, value }: NumberFact): boolean {
  if (isOthersTotal(tokens, start)) {
    return true;
  }
  const isListed = isRank === true && value > 12 && /^(?:was|is|came|,|:|-)$/.test(tokens[next]?.lower ?? '');
  return unit === 'age group' || isListed;
}

/** "Took England past 222", "in reply to 428": the other side's total. */
export function isOthersTotal(tokens: Told['tokens'], start: number): boolean {
  const [last, word] = [tokens[start - 2]?.lower ?? '', tokens[start - 1]?.lower ?? ''];
  return (
    /^(?:past|beyond|overhaul(?:ed|ing)?|chas(?:ed|ing))$/.test(word) || `${last} ${word}` === 'reply to'
  );
}

/** What news says without its noun: "took four", "made 62 off 70". */
const OFTEN_BARE = /^(?:run|wicket|ball|four|six|people|place)$/;

/** "Vale, 37," "(37)", "turns 37": years without their noun. */
const AGE_AFTER = /^(?:[,(]|aged?|turn(?:s|ed|ing)?|is|was|now|at)$/;

/** A bare figure is not of the claim's noun where the source has another figure with that noun. */
function isOfOthers(fact: NumberFact, claim: NumberFact, { numbers, tokens }: Told): boolean {
  const isBare = fact.kind === 'count' && !fact.unit && claim.kind === 'count' && claim.unit !== undefined;
  const [before, after] = [tokens[fact.start - 1]?.lower ?? '', tokens[fact.next]?.lower ?? ''];
  const isAge = claim.unit === 'year' && AGE_AFTER.test(before);
  if (!isBare || isAge || OFTEN_BARE.test(claim.unit ?? '') || /^(?:of|out|in)$/.test(after)) {
    return false;
  }
  return numbers.some(
    (other) => other.kind === 'count' && other.unit === claim.unit && isSameSort(other, claim),
  );
}

/** The 47th over is the one in which 46.3 are bowled. */
function isInOver({ kind, unit, value }: NumberFact, { numbers }: Told): boolean {
  return (
    kind === 'ordinal' &&
    unit === 'over' &&
    numbers.some(
      (fact) => fact.unit === 'over' && !Number.isInteger(fact.value) && Math.floor(fact.value) + 1 === value,
    )
  );
}
