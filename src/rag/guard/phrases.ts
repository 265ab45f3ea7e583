// A small language for rules that operators can read and change: words in order, matched as whole words.
//   one two        these words, side by side
//   one|two        either; a choice of several words has _ between them: run_over|shot
//   kill*          any word that begins so
//   the?           perhaps
//   {group}        any word or phrase of a named group
//   !{group}       one word that is not of the group; !{group}? = what follows, if anything, is not of it
//   ~              up to three words of any kind
import { BotError } from '../../errors.js';

/** Gives the first phrase that stands in a text of plain words; undefined = none does. */
export type FindPhrase = (words: string) => string | undefined;

/** Words that a gap may hold; a sentence's end is not one of them. */
const GAP = '(?: [^ .]+){0,3}?';

interface Rule {
  phrase: string;
  pattern: RegExp;
  /** For each part that must be there the words that it may begin with: most texts lack one, which is quickly seen. */
  needs: string[][];
}

/** Errors: `config_invalid` for a group that does not exist, and for a phrase that any text would fit. */
export function compilePhrases(phrases: string[], groups: Record<string, string[]> = {}): FindPhrase {
  const rules = phrases.map((phrase) => ruleOf(phrase, groups));
  return (words) => {
    const text = ` ${words} `;
    const said = new Set(words.split(' '));
    const mayFit = ({ needs }: Rule) => needs.every((firsts) => firsts.some((word) => said.has(word)));
    return rules.find((rule) => mayFit(rule) && rule.pattern.test(text))?.phrase;
  };
}

function ruleOf(phrase: string, groups: Record<string, string[]>): Rule {
  const parts = phrase.trim().split(/\s+/);
  const needs = parts
    .filter((part) => part !== '~' && !/^!|\?$/.test(part))
    .map((part) => part.split('|').flatMap((choice) => choicesOf(choice, groups)))
    .filter((choices) => choices.every((choice) => !choice.includes('*')))
    .map((choices) => choices.map((choice) => choice.split(/[ _]/, 1)[0] ?? ''));
  if (parts.every((part) => part === '~' || /^!|\?$|^\*$/.test(part))) {
    throw new BotError('config_invalid', `the rule "${phrase}" names no word that must be there`);
  }
  const source = parts.map((part) => partOf(part, groups)).join('');
  return { phrase, needs, pattern: new RegExp(`${source}(?= )`, 'u') };
}

function partOf(part: string, groups: Record<string, string[]>): string {
  if (part === '~') {
    return GAP;
  }
  const isOptional = part.endsWith('?');
  const bare = isOptional ? part.slice(0, -1) : part;
  const isOther = bare.startsWith('!');
  const choices = (isOther ? bare.slice(1) : bare)
    .split('|')
    .flatMap((choice) => choicesOf(choice, groups).map(patternOf));
  const either = `(?:${choices.join('|')})`;
  if (isOther && isOptional) {
    return `(?! ${either}(?: |$))`;
  }
  const one = isOther ? ` (?!${either}(?: |$))[^ .]+` : ` ${either}`;
  return isOptional ? `(?:${one})?` : one;
}

/** Words, several of them with a space or _ between. */
function choicesOf(choice: string, groups: Record<string, string[]>): string[] {
  const name = /^\{(.+)\}$/.exec(choice)?.[1];
  if (name === undefined) {
    return [choice];
  }
  const group = Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (!group) {
    throw new BotError('config_invalid', `a rule names the group {${name}}, which does not exist`);
  }
  return group;
}

function patternOf(words: string): string {
  return words
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('_', ' ')
    .replaceAll('*', '[^ ]*');
}
