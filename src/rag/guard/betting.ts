// Whether advice on bets or on cheating is asked for; what became of those who did it is news.
import { createLexicon } from './lexicon.js';
import { compilePhrases } from './phrases.js';
import { plainLetters } from './plain-letters.js';
import { readingsOf } from './readings.js';
import type { ScopeRules } from './scope.js';

export type BettingRules = Pick<ScopeRules, 'betting' | 'groups' | 'bettingWords' | 'aboutCheating'>;

/** `seems` = a classifier says so. Error: `config_invalid` for a phrase that cannot be read. */
export function createBettingTest(rules: BettingRules): (text: string, seems?: boolean) => boolean {
  const phrase = compilePhrases(rules.betting, rules.groups);
  const words = createLexicon(rules.bettingWords);
  const about = createLexicon(rules.aboutCheating);
  return (text, seems = false) => {
    const plain = plainLetters(text);
    return (
      readingsOf(text).some((reading) => phrase(reading)) ||
      ((seems || words.count(plain) > 0) && about.count(plain) === 0)
    );
  };
}
