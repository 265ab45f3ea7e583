// Scores that are told by the round number they reach: "a half-century", "her maiden hundred".
import type { NumberFact } from './facts.js';
import type { Token } from './tokens.js';
import { unitAt } from './units.js';

const MILESTONES: Record<string, number> = {
  century: 100,
  centuries: 100,
  ton: 100,
  tons: 100,
  hundreds: 100,
  fifties: 50,
};
const OWN = /^(?:a|an|his|her|their|another|unbeaten|maiden|first|second|third|successive|quick|brisk|fine)$/;

/** "a half-century", "her fifties", "a double century": at least so many, not exactly. */
export function milestoneAt(tokens: Token[], at: number): NumberFact | undefined {
  if (isMissed(tokens, at)) {
    return undefined;
  }
  const multiple = { half: 50, double: 200, triple: 300 }[tokens[at]?.lower ?? ''];
  if (multiple) {
    const word = tokens[at + 1]?.text === '-' ? at + 2 : at + 1;
    const isMilestone = /^(?:century|centuries|hundred|ton)$/.test(tokens[word]?.lower ?? '');
    return isMilestone ? { kind: 'milestone', value: multiple, start: at, next: word + 1 } : undefined;
  }
  const word = tokens[at]?.lower ?? '';
  const value = MILESTONES[word] ?? { fifty: 50, hundred: 100 }[word];
  const isNoun = word in MILESTONES || (OWN.test(tokens[at - 1]?.lower ?? '') && !unitAt(tokens, at + 1));
  const isLeague = tokens[at]?.isCapital && /^the$/.test(tokens[at - 1]?.lower ?? '');
  return value && isNoun && !isLeague ? { kind: 'milestone', value, start: at, next: at + 1 } : undefined;
}

/** "One run short of a hundred", "missed her half-century": none was made. */
export function isMissed(tokens: Token[], at: number): boolean {
  const before = tokens.slice(Math.max(0, at - 4), at).map(({ lower }) => lower);
  return /\b(?:(?:short|shy) of|away from|miss(?:ed|es|ing)?)\b(?: (?:an?|his|her|their|own|another|maiden))*$/.test(
    before.join(' '),
  );
}
