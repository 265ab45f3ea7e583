// Who a number belongs to. A figure may stand in a source and yet be somebody else's: "Sudharsan made 62 and
// Rahul 56" does not bear out that Sudharsan made 56. Names in the number's clause decide, here and there.
import { type NamedText, sharesGroup } from './match-names.js';
import type { NameSpan } from './names.js';
import type { Token } from './tokens.js';

const BREAKS =
  /^(?:[.;:!?()]|while|whereas|but|as|after|before|when|until|though|although|which|who|whose|whom|where|because|then|so)$/;
const PLACE_BEFORE = /^(?:in|at|near|from|under|on|during|per)$/;

/** Whose names stand elsewhere. */
const PRONOUN = /^(?:he|she|they|it|his|her|their|its)$/;

/**
 * Whether a number at `there` in a source is somebody else's than the one at `here` in the sentence: both
 * clauses name teams, or both name others, and none of them is the same.
 */
export function isElses(
  sentence: Pick<NamedText, 'tokens' | 'names'>,
  here: number,
  text: Pick<NamedText, 'tokens' | 'names'>,
  there: number,
): boolean {
  const [said, found] = [namesAround(sentence, here), namesAround(text, there)];
  return ['team', 'person'].some((kind) => {
    const [ours, theirs] = [said, found].map((names) => names.filter((name) => name.kind === kind));
    const isComparable = ours && theirs && ours.length > 0 && theirs.length > 0;
    return isComparable && !ours.some((one) => theirs.some((other) => isSameName(one, other)));
  });
}

function isSameName(one: NameSpan, other: NameSpan): boolean {
  return (
    sharesGroup(one, other) ||
    one.words.some((word) => other.words.some((own) => own.startsWith(word) || word.startsWith(own)))
  );
}

/** Names that the number at `at` may belong to: those of its clause; none when a pronoun stands for them. */
function namesAround({ names, tokens }: Pick<NamedText, 'tokens' | 'names'>, at: number): NameSpan[] {
  let [start, end] = [at, at];
  while (start > 0 && !isBreak(tokens, names, start - 1)) {
    start -= 1;
  }
  while (end < tokens.length && !isBreak(tokens, names, end)) {
    end += 1;
  }
  if (tokens.slice(start, at).some(({ lower }) => PRONOUN.test(lower))) {
    return [];
  }
  return names.filter((name) => {
    const before = tokens[name.start - (tokens[name.start - 1]?.lower === 'the' ? 2 : 1)]?.lower ?? '';
    const isInside = name.start >= start && name.next <= end && tokens[name.start]?.isCapital;
    // "Warne's 708" says whose the 708 are and nothing of the other numbers.
    const isOwner = /'s$/.test(tokens[name.next - 1]?.lower ?? '') && name.next !== at;
    return isInside && !isOwner && !PLACE_BEFORE.test(before);
  });
}

function isBreak(tokens: Token[], names: NameSpan[], at: number): boolean {
  const token = tokens[at];
  if (token?.text === ',') {
    return /^(?:and|but)$/.test(tokens[at + 1]?.lower ?? '');
  }
  if (token?.lower !== 'and') {
    const isCompany = token?.lower === 'with' && tokens[at + 1]?.isCapital === true;
    const isDash = token?.text === '-' && !token.isGlued;
    return token !== undefined && (isDash || isCompany || BREAKS.test(token.lower));
  }
  // "Starc and Cummins" is one subject; "Starc for 24.75 and Cummins for 20.5" are two.
  const next = names.find(({ start }) => start >= at && start <= at + 3);
  const isSubject =
    next &&
    tokens[next.next]?.isCapital === false &&
    tokens[next.next]?.text !== ',' &&
    tokens[next.next]?.text !== '.';
  const before = names.some((name) => name.next === at);
  return isSubject === true && !before;
}
