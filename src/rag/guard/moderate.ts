// The first layer of moderation: rules of config/moderation.yaml and a list of English swear words, matched against
// every reading of a text. It takes well under a millisecond and knows no context; so words that only look rude are on
// an allow list, and a question about what somebody said may say it.
import { createHarmTest, type HarmModel } from './harm.js';
import { createUnmasker } from './masks.js';
import { compilePhrases, type FindPhrase } from './phrases.js';
import { plainLetters } from './plain-letters.js';
import { readingsOf, soundOf } from './readings.js';
import { stretchesOf } from './stretches.js';
import { isAboutSaying, isOfSelf } from './who-speaks.js';

export type Category = 'self-harm' | 'threat' | 'hate' | 'abuse';

export interface ModerationRules {
  /** Overrules rules where a text is plainly harmless, and looks at what they let pass; absent = nothing does. */
  harm?: HarmModel | undefined;
  /** Whether something else looks at what the rules let pass. */
  isLookedAtAgain?: boolean | undefined;
  /** What only looks rude: names count as such where they have a capital letter, words and phrases anywhere. */
  allow: { names: string[]; words: string[] };
  groups: Record<string, string[]>;
  /** In the order in which they are tried. */
  categories: Record<Category, CategoryRules>;
}

export interface CategoryRules {
  words: string[];
  phonetic: string[];
  phrases: string[];
  /** Whether it may stand in a question about what somebody said or did. */
  reported: boolean;
  /** Whether questions are checked for it, and whether answers are. */
  in: boolean;
  out: boolean;
}

/** What was found; the rule is for the operator, and never shown. */
export interface Finding {
  category: Category;
  rule: string;
}

/** Gives the swear words of a text, as they stand there. */
export type FindSwearing = (text: string) => string[];

/** `exempt` are texts whose words do not count: names in retrieved headlines. */
export type Moderate = (text: string, way: 'in' | 'out', exempt?: string[]) => Finding | undefined;

interface Compiled extends Omit<CategoryRules, 'words' | 'phonetic' | 'phrases'> {
  category: Category;
  words: Set<string>;
  sounds: Set<string>;
  phrase: FindPhrase;
}

const LONG_NAME = 6;
/** An opener-cum-keeper is both. */
const BOTH = /(\p{L})-cum-(?=\p{L})/giu;

/** Error: `config_invalid` for a rule that cannot be read. */
export function createModerator(
  { allow, categories, groups, harm, isLookedAtAgain = false }: ModerationRules,
  findSwearing: FindSwearing,
): Moderate {
  const harmlessNames = new Set(allow.names.flatMap(wordsOf));
  const isPhrase = (entry: string) => wordsOf(entry).length > 1;
  const harmlessWords = new Set(allow.words.filter((entry) => !isPhrase(entry)).flatMap(wordsOf));
  const withoutHarmless = remover(allow.words.filter(isPhrase));
  const unmasked = createUnmasker(
    Object.values(categories).flatMap(({ phonetic, words }) => [...words, ...phonetic]),
  );
  const compiled = Object.entries(categories).map(
    ([category, { phonetic, phrases, words, ...rest }]): Compiled => ({
      ...rest,
      category: category as Category,
      words: new Set(words.flatMap(wordsOf)),
      sounds: new Set(phonetic.map(soundOf)),
      phrase: compilePhrases(phrases, groups),
    }),
  );

  // People write names without capitals; short ones would hide too much.
  const isLongName = (word: string) => word.length >= LONG_NAME && harmlessNames.has(word);

  const harmIn = harm ? createHarmTest(harm) : () => undefined;
  /**
   * What only looks rude. No stretch of the text may be harmful by itself: a long question in front must not vouch for
   * what stands behind it. Threats and hate are never overruled.
   */
  const isHarmless = (given: string) =>
    harmIn(given) === 'clear' && stretchesOf(given).every((stretch) => harmIn(stretch) !== 'harm');

  return (given, way, exempt = []) => {
    const text = withoutHarmless(unmasked(given)).replace(BOTH, '$1 ');
    const readings = readingsOf(text);
    const names = new Set([
      ...exempt.flatMap(wordsOf),
      ...capitalised(text).filter((word) => harmlessNames.has(word)),
    ]);
    const counts = (word: string) => !harmlessWords.has(word) && !names.has(word);
    const isReport = way === 'out' || isAboutSaying(text, readings[0] ?? '');
    for (const rules of compiled) {
      // An answer reports by nature: single words are what it must not repeat.
      const mayReport = way === 'in' && rules.reported && isReport;
      if (!rules[way] || mayReport) {
        continue;
      }
      const rule = wordIn(rules, readings, counts) ?? (way === 'in' ? phraseIn(rules, readings) : undefined);
      if (rule) {
        // Words of abuse in Latin script mean nothing else.
        const mayBeHarmless = way === 'in' && rules.category === 'abuse' && !rules.sounds.has(soundOf(rule));
        if (!mayBeHarmless || !isHarmless(given)) {
          return { category: rules.category, rule };
        }
      }
    }
    const swearing =
      isReport && way === 'in'
        ? undefined
        : findSwearing(text).find((word) => wordsOf(word).every((part) => counts(part) && !isLongName(part)));
    const harmFound = way === 'in' ? harmIn(given) : undefined;
    if (swearing) {
      return way === 'in' && isHarmless(given) ? undefined : { category: 'abuse', rule: swearing };
    }
    return harmFound === 'harm' && !isReport && !isLookedAtAgain
      ? { category: isOfSelf(readings[0] ?? '') ? 'self-harm' : 'abuse', rule: 'classifier' }
      : undefined;
  };
}

/** Takes phrases out of a text. */
function remover(phrases: string[]): (text: string) => string {
  const parts = phrases.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = parts.length > 0 ? new RegExp(`\\b(?:${parts.join('|')})\\b`, 'gi') : undefined;
  return (text) => (pattern ? text.replace(pattern, ' ') : text);
}

/** Words with a capital letter, in lower case; [] where all is in capitals. */
function capitalised(text: string): string[] {
  return text === text.toUpperCase()
    ? []
    : (text.match(/(?<!\p{L})\p{Lu}\p{Ll}[\p{L}'’-]*/gu) ?? []).flatMap(wordsOf);
}

function wordIn(
  { sounds, words }: Compiled,
  readings: string[],
  counts: (word: string) => boolean,
): string | undefined {
  for (const reading of readings) {
    const found = reading
      .split(' ')
      .find((word) => counts(word) && (words.has(word) || sounds.has(soundOf(word))));
    if (found) {
      return found;
    }
  }
  return undefined;
}

function phraseIn({ phrase }: Compiled, readings: string[]): string | undefined {
  for (const reading of readings) {
    const found = phrase(reading);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function wordsOf(text: string): string[] {
  return plainLetters(text)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
}
