// Who a number belongs to. A figure may stand in a source and yet be somebody else's: "Sudharsan made 62 and
// Rahul 56" does not bear out that Sudharsan made 56. Names in the number's clause decide, here and there.
import { isRole } from './common-words.js';
import type { NumberFact } from './facts.js';
import { type NamedText, PLACE_BEFORE, sharesGroup, tellingWords } from './match-names.js';
import type { NameSpan } from './names.js';
import type { Span } from './pieces.js';
import type { Token } from './tokens.js';

const BREAKS =
  /^(?:[.;:!?()]|while|whereas|but|as|after|before|when|until|though|although|which|who|whose|whom|where|because|then|so)$/;
const SENTENCE_ENDS = /^[.!?]$/;

/** Words between "and" and the name of its clause at most. */
const MOST_BETWEEN = 5;

/** Whose names stand elsewhere. */
const PRONOUN = /^(?:he|she|they|it|his|her|their|its)$/;

/**
 * Whether a number of a source is somebody else's than the one of the sentence: both clauses name teams, or both name
 * others, and none of them is the same. In free wording clauses are cut otherwise, so that the source must have
 * another number of the kind for whom the sentence names, unless the sentence says outright whose it is.
 */
export function isElses(sentence: Counted, claim: NumberFact, text: Counted, fact: NumberFact): boolean {
  const [here, there] = [claim.start, fact.start];
  return (['team', 'person'] as const).some((kind) => {
    const ours = bearersOf(sentence, here, kind);
    if (ours.length === 0) {
      return false;
    }
    const inClause = bearersOf(text, there, kind);
    // "…belonged to Curran, for whom Punjab had paid 18.5": the clause leans on its sentence.
    const theirs =
      inClause.length > 0 || ours.length === 0
        ? inClause
        : bearersOf(text, there, kind, SENTENCE_ENDS).filter(({ start }) => start < there);
    const isComparable = ours.length > 0 && theirs.length > 0;
    const isShared = (others: NameSpan[]) =>
      ours.some((one) => others.some((other) => isSameName(one, other)));
    return (
      isComparable &&
      !isShared(theirs) &&
      (ownerOf(sentence, here, kind) !== undefined ||
        text.numbers.some(
          (rival) =>
            isKind(rival, claim) && !isSaid(sentence, rival) && isShared(bearersOf(text, rival.start, kind)),
        ))
    );
  });
}

type Read = Pick<NamedText, 'tokens' | 'names'>;
type Counted = Read & { numbers: NumberFact[] };

/** Whether both could stand in one place of a sentence; one without its noun may be of any. */
function isKind(one: NumberFact, other: NumberFact): boolean {
  return one.kind === other.kind && (!one.unit || !other.unit || one.unit === other.unit);
}

function isSaid({ numbers }: Counted, { second, value }: NumberFact): boolean {
  return numbers.some((own) => own.value === value && own.second === second);
}

/** Whom the number may belong to; [] = the text leaves it open. */
function bearersOf({ names, tokens }: Read, at: number, kind: NameSpan['kind'], ends?: RegExp): NameSpan[] {
  const isEnd = (i: number) => (ends ? ends.test(tokens[i]?.text ?? '') : isBreak(tokens, names, i));
  const all = names.filter((name) => name.kind === kind && tokens[name.start]?.isCapital);
  const own = ownerOf({ names, tokens }, at, kind);
  if (own) {
    return [own];
  }
  const { next: end, start } = runAt(tokens, at, isEnd);
  const inside = all.filter((name) => name.start >= start && name.next <= end && isBearer(tokens, name));
  const pronoun = tokens.findIndex(({ lower }, i) => i >= start && i < at && PRONOUN.test(lower));
  // A pronoun after a name is that name; before all names it is somebody of an earlier sentence.
  return pronoun >= 0 && !inside.some((name) => name.start < pronoun) ? [] : inside;
}

/** "Latham 92", "Warner (2)", "Warne's 708", "India's 428": its owner's, whoever else is named. */
function ownerOf({ names, tokens }: Read, at: number, kind: NameSpan['kind']): NameSpan | undefined {
  return names.find(
    ({ kind: own, next, start }) =>
      own === kind &&
      tokens[start]?.isCapital &&
      ((next === at && (kind === 'person' || isPossessive(tokens, next))) ||
        (kind === 'person' && next === at - 1 && tokens[next]?.text === '(')) &&
      !BEATEN.test(tokens[start - 1]?.lower ?? ''),
  );
}

/** "Beat Calder Vale 31-27": the winner's as much. */
const BEATEN = /^(?:beat|beating|beaten|defeat(?:ed|ing)?)$/;

/** The clause that a token stands in. */
export function clauseAt({ names, tokens }: Read, at: number): Span {
  return runAt(tokens, at, (i) => isBreak(tokens, names, i));
}

function runAt(tokens: Token[], at: number, isEnd: (i: number) => boolean): Span {
  let [start, next] = [at, at];
  while (start > 0 && !isEnd(start - 1)) {
    start -= 1;
  }
  while (next < tokens.length && !isEnd(next)) {
    next += 1;
  }
  return { start, next };
}

/** Not a place, and not one whose other things are told: "Warne's 708" says nothing of other numbers. */
export function isBearer(tokens: Token[], { next, start }: NameSpan): boolean {
  const before = tokens[start - (tokens[start - 1]?.lower === 'the' ? 2 : 1)]?.lower ?? '';
  return !isPossessive(tokens, next) && !PLACE_BEFORE.test(before);
}

function isPossessive(tokens: Token[], next: number): boolean {
  return /'s$/.test(tokens[next - 1]?.lower ?? '');
}

/** Whether two names may be one's. */
export function isSameName(one: NameSpan, other: NameSpan): boolean {
  const [mine, others] = [one, other].map(({ words }) => {
    const telling = tellingWords(words);
    return telling.length > 0 ? telling : words;
  }) as [string[], string[]];
  return (
    sharesGroup(one, other) ||
    mine.some((word) => others.some((own) => own.startsWith(word) || word.startsWith(own)))
  );
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
  // "Starc and Cummins" is one subject; "Starc for 24.75 and Cummins for 20.5" are two, and so are "bought Starc
  // and got his countryman".
  const next = names.find(({ start }) => start > at && start <= at + MOST_BETWEEN);
  const after = next && tokens[next.next];
  const isSubject = after && !after.isCapital && after.text !== ',' && after.text !== '.';
  const between = tokens.slice(at + 1, next?.start);
  const isList =
    names.some((name) => name.next === at) &&
    between.every(({ lower }) => /^(?:the|an?)$/.test(lower) || isRole(lower));
  return isSubject === true && !isList;
}
