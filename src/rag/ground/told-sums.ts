// Figures that follow from several of a source, where the sentence itself shows of which: it names those whose figures are
// added, or tells both that it takes apart; and scores told by their parts.
import type { Way } from './derived.js';
import type { NumberFact } from './facts.js';
import { bearsOut } from './match-numbers.js';
import type { NameSpan } from './names.js';
import { sentenceAt } from './pieces.js';

/** Tokens around a figure among which its name, or the word that says what was reckoned, stands. */
const NEAR = 4;
/** Facts that are tried at most. */
const MOST_FACTS = 60;
const MOST_SAID = 12;

function few<One>(all: One[], most = MOST_FACTS): One[] {
  return all.slice(0, most);
}

/** "Owed 158 runs to Ash and Vale", of whom the source has 88 and 70: the sentence names both and neither figure. */
const isSumOfNamed: Way = (said, claim, text) => {
  const figureBeside = ({ words }: NameSpan) =>
    few(text.numbers).find((fact) => {
      const { start } = sentenceAt(text.tokens, fact.start);
      const name = text.names.findLast((one) => one.next <= fact.start && one.start >= start);
      return (
        fact.kind === 'count' &&
        name !== undefined &&
        name.words.at(-1) === words.at(-1) &&
        !fact.figure === !claim.figure &&
        fact.start - name.next <= NEAR
      );
    });
  const figures = few(
    said.names.filter(({ kind }) => kind === 'person'),
    MOST_SAID,
  ).map(figureBeside);
  return (
    claim.kind === 'count' &&
    figures.some((one, i) =>
      figures
        .slice(i + 1)
        .some((other) => one && other && one !== other && one.value + other.value === claim.value),
    )
  );
};

/** "At 501 he trails McGrath's 563 by 62": the sentence itself tells both, and the source has them. */
const isOfTold: Way = (said, claim, text) =>
  claim.kind === 'count' &&
  claim.value > 1 &&
  few(said.numbers, MOST_SAID).some((one) =>
    few(said.numbers, MOST_SAID).some(
      (other) =>
        one !== other &&
        one !== claim &&
        other !== claim &&
        one.kind === 'count' &&
        other.kind === 'count' &&
        !one.figure === !claim.figure &&
        (one.value - other.value === claim.value || one.value + other.value === claim.value) &&
        [one, other].every((part) => few(text.numbers).some((fact) => bearsOut(fact, part))),
    ),
  );

/** "3-25" of whose "three wickets cost 25 runs". */
const isFigures: Way = (_, claim, text) => {
  const [low, high] = [Math.min(claim.value, claim.second ?? 0), Math.max(claim.value, claim.second ?? 0)];
  return (
    claim.kind === 'score' &&
    few(text.numbers).some((fact) => {
      const { next, start } = sentenceAt(text.tokens, fact.start);
      const isBeside = (other: NumberFact) => other.start >= start && other.next <= next;
      return (
        fact.unit === 'wicket' &&
        fact.kind === 'count' &&
        fact.value === low &&
        few(text.numbers).some(
          (other) =>
            other.kind === 'count' && other.unit === 'run' && other.value === high && isBeside(other),
        )
      );
    })
  );
};

/** "Drew level at 1-1", "had gone 1-0 up": a state on the way, of which the source tells no other. */
const isOnTheWay: Way = (said, claim, text) => {
  const [ours, theirs] = [claim.value, claim.second ?? 0];
  const others = few(text.numbers).filter(
    ({ kind, second = 0, value }) => kind === 'score' && value + second <= MOST_GAMES,
  );
  return (
    claim.kind === 'score' &&
    ours <= 2 &&
    theirs <= ours &&
    ours + theirs <= 2 &&
    /\b(?:level|levelled|up|ahead|led|lead|leading|down|behind)\b/.test(wordsAround(said.tokens, claim)) &&
    others.every(
      ({ second = 0, value }) => value + second > ours + theirs || (value === ours && second === theirs),
    )
  );
};

const MOST_GAMES = 9;

/** "The final six balls" of a last over. */
const isOver: Way = (_, claim, text) =>
  claim.unit === 'ball' &&
  claim.value === 6 &&
  text.tokens.some(({ lower }, i) => /^(?:last|final)$/.test(lower) && text.tokens[i + 1]?.lower === 'over');

export const TOLD_SUMS: Way[] = [isSumOfNamed, isOfTold, isFigures, isOnTheWay, isOver];

function wordsAround(tokens: { lower: string }[], { next, start }: NumberFact): string {
  return tokens
    .slice(Math.max(0, start - NEAR), next + NEAR)
    .map(({ lower }) => lower)
    .join(' ');
}
