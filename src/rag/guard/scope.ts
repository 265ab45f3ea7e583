// Whether a question is about cricket and what surrounds it. Words weigh for and against: those of the game alone, names
// that it has, words of all sports, words of other topics. Where they leave it open, meaning decides, if there is a
// model; and in doubt the question is answered, since "not enough evidence" still follows where nothing is found.
import { isOpener } from '../ground/common-words.js';
import type { Entity } from '../understand/entities.js';
import { createLexicon, type Lexicon } from './lexicon.js';
import { compilePhrases } from './phrases.js';
import { plainLetters } from './plain-letters.js';
import { readingsOf } from './readings.js';

export interface ScopeRules {
  /** Words of the game and of nothing else. */
  cricket: string[];
  /** Words of the game that also mean something else. */
  mostly: string[];
  /** Words of all sports. */
  sport: string[];
  /** Words of other topics. */
  other: string[];
  /** Words that say nothing of a topic. */
  generic: string[];
  /** People of the game, by the last part of their names. */
  people: string[];
  groups: Record<string, string[]>;
  /** Phrases that ask for advice on bets and on cheating. */
  betting: string[];
  /** Words of bets and bribes, and words of what came of them, which make it news. */
  bettingWords: string[];
  aboutCheating: string[];
  anchors: { cricket: string[]; other: string[] };
}

export interface ScopedQuestion {
  /** Of a follow-up, with what it leans on in front. */
  text: string;
  /** What it names, by the lists and by the index; [] = unknown. */
  entities: Pick<Entity, 'kind' | 'said'>[];
}

/** Cosine of a question with the examples of cricket, less that with the others; -2..2. */
export type CompareMeaning = (text: string, signal?: AbortSignal) => Promise<number>;

/** Why a question is declined; undefined = it is answered. */
export type Scope = (
  question: ScopedQuestion,
  signal?: AbortSignal,
) => Promise<'scope' | 'betting' | undefined>;

/** As `Scope`; `meaning` absent = words alone. */
export type DecideScope = (
  question: ScopedQuestion,
  meaning?: (text: string) => Promise<number>,
) => Promise<'scope' | 'betting' | undefined>;

/** From here on words alone decide. */
const SURE = 3;
/** What is open is answered from here on. */
const ENOUGH = 1;
/** A cosine's lead in points. */
const MEANING_WEIGHT = 12;
/** Examples of other topics are never all: nearness to them counts for more than nearness to cricket. */
const MOST_FOR = 2;
const MOST_AGAINST = 3;
const NAME_WEIGHTS: Record<Entity['kind'], number> = {
  team: 1,
  club: 2,
  league: 3,
  format: 1,
  trophy: 2,
  ground: 2,
  place: 0,
  person: 2,
  side: 0.5,
};
/** Somebody whom no list and no article names yet may be a player. */
const STRANGER = 1.5;
/** Points of one name or word of the game. */
const KNOWN = 2;
const FULL_OR_SHORT = /\s|^[A-Z]{3,}$/;

/** Error: `config_invalid` for a phrase that cannot be read. */
export function createScope(rules: ScopeRules): DecideScope {
  const weigh = createWeigher(rules);
  const asksForBets = createBettingTest(rules);

  return async (question, meaning) => {
    if (asksForBets(question.text)) {
      return 'betting';
    }
    const points = weigh(question);
    if (points >= SURE) {
      return undefined;
    }
    const lead = meaning && points > ENOUGH - MOST_FOR ? await meaning(question.text) : 0;
    const meant = Math.max(-MOST_AGAINST, Math.min(MOST_FOR, lead * MEANING_WEIGHT));
    return points + meant >= ENOUGH ? undefined : 'scope';
  };
}

/** Whether advice on bets or on cheating is asked for; what became of those who did is news. */
function createBettingTest(rules: ScopeRules): (text: string) => boolean {
  const phrase = compilePhrases(rules.betting, rules.groups);
  const words = createLexicon(rules.bettingWords);
  const about = createLexicon(rules.aboutCheating);
  return (text) => {
    const plain = plainLetters(text);
    return (
      readingsOf(text).some((reading) => phrase(reading)) ||
      (words.count(plain) > 0 && about.count(plain) === 0)
    );
  };
}

/** Points for cricket, less points for other topics. */
function createWeigher(rules: ScopeRules): (question: ScopedQuestion) => number {
  const cricket = createLexicon(rules.cricket);
  const mostly = createLexicon(rules.mostly);
  const people = createLexicon(rules.people);
  const sport = createLexicon(rules.sport);
  const other = createLexicon(rules.other);
  const lists = [cricket, mostly, people, sport, createLexicon(rules.generic)];

  return ({ entities, text }) => {
    const words = plainLetters(text);
    const named = entities.reduce((sum, entity) => sum + weightOf(entity), 0);
    const own = 3 * cricket.count(words) + 2.5 * people.count(words) + Math.min(named, 5);
    const shared = 1.5 * mostly.count(words) + Math.min(sport.count(words), 3);
    const others = other.count(words);
    const unknown = unknownWords(text, lists, entities);
    const hasName = unknown.some(isName);
    const strangers = unknown.filter((word) => !isName(word)).length;
    if (own + shared + others + strangers === 0) {
      // Nothing but "what is the latest?", or a name that nobody knows yet.
      return ENOUGH;
    }
    // Of somebody or something of the game anything may be asked.
    const isKnown = own >= KNOWN;
    const against = (isKnown ? 0.75 : 2.25) * others + (isKnown ? 0 : Math.min(0.6 * strangers, 2.4));
    return own + shared + (hasName && others === 0 ? STRANGER : 0) - against;
  };
}

/** Words that no list has. */
function unknownWords(text: string, lists: Lexicon[], entities: ScopedQuestion['entities']): string[] {
  const said = new Set(entities.flatMap((entity) => plainLetters(entity.said).split(/[^\p{L}\p{N}]+/u)));
  const words = text.replace(/['’]s\b/g, '').match(/[\p{L}\p{M}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
  return words.filter((word, at) => {
    const plain = plainLetters(word);
    // The first word is written with a capital anyway.
    const isNamed = at > 0 && isName(word);
    return (
      plain.length > 1 &&
      !said.has(plain) &&
      !lists.some((list) => list.isAll(plain)) &&
      (isNamed || !isOpener(plain))
    );
  });
}

function isName(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

/** A nickname that is also a word ("Stars") says little, a full name or a short form much. */
function weightOf({ kind, said }: ScopedQuestion['entities'][number]): number {
  const weight = NAME_WEIGHTS[kind];
  return kind === 'club' && !FULL_OR_SHORT.test(said) ? Math.min(weight, 1) : weight;
}
