// Who was out and who was not: "an unbeaten 90" where the source has 63 not out and 90 made in the other innings.
import type { ReadText } from '../check.js';
import type { NumberFact } from '../facts.js';
import { bearsOut } from '../match-numbers.js';
import { sentenceAt } from '../pieces.js';
import type { FindContradicted } from './contradiction.js';

const UNBEATEN = /\b(?:unbeaten|undefeated|not out|unbroken|stranded)\b/;
/** Said of a batter who was not out, without the words for it. */
const STAYED = /\b(?:carried|remained|still|winning|stayed|to the end)\b/;
const OUT =
  /\b(?:out|dismissed|fell|falls|bowled|caught|lbw|leg before|stumped|departed|removed|perished|trapped)\b(?: [^,;.]+?)? (?:for|on)(?: just| only)?$/;
/** Tokens before a figure that may say how the innings ended. */
const WINDOW = 9;

export const findTurnedInnings: FindContradicted = (said, texts) =>
  said.numbers.filter((claim) => {
    const isRuns = claim.kind === 'milestone' || (claim.kind === 'count' && (claim.unit ?? 'run') === 'run');
    const state = isRuns ? stateOf(said, claim) : undefined;
    if (state === undefined) {
      return false;
    }
    const facts = texts.flatMap((text) =>
      text.numbers.filter((fact) => bearsOut(fact, claim)).map((fact) => stateOf(text, fact)),
    );
    if (state === 'out') {
      return facts.length > 0 && facts.every((fact) => fact === 'not out');
    }
    return facts.length > 0 && !facts.includes('not out') && !texts.some((text) => hasFreeMark(text, claim));
  });

type State = 'out' | 'not out' | undefined;

function stateOf({ tokens }: ReadText, { next, start }: NumberFact): State {
  const before = wordsOf(tokens, Math.max(0, start - WINDOW), start);
  const after = wordsOf(tokens, next, next + 3);
  // "Finished nine short" is no innings.
  const isGap = /^(?:runs? |points? )?(?:short|behind|ahead|adrift|clear)\b/.test(after);
  const isUnbeaten =
    !isGap &&
    (/^(?:\*|(?:runs )?not out\b|unbeaten\b)/.test(after) ||
      /\b(?:unbeaten|undefeated|unbroken|not out|left|finished)(?:,)?(?: (?!off\b|from\b)\w+)?(?: on| with| for)?$/.test(
        before,
      ));
  if (isUnbeaten) {
    return 'not out';
  }
  return OUT.test(before) && !UNBEATEN.test(before) ? 'out' : undefined;
}

/** Somebody was not out, and of no figure is it told; or the figure's own sentence says so in other words. */
function hasFreeMark(text: ReadText, claim: NumberFact): boolean {
  const isMarked = UNBEATEN.test(wordsOf(text.tokens, 0, text.tokens.length));
  const isStaying = text.numbers.some((fact) => {
    const { next, start } = sentenceAt(text.tokens, fact.start);
    return bearsOut(fact, claim) && STAYED.test(wordsOf(text.tokens, start, next));
  });
  return isStaying || (isMarked && !text.numbers.some((fact) => stateOf(text, fact) === 'not out'));
}

function wordsOf(tokens: ReadText['tokens'], from: number, to: number): string {
  return tokens
    .slice(from, to)
    .map(({ lower }) => lower)
    .join(' ');
}
