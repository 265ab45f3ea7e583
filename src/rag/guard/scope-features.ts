// What a question says of its topic: how many words of the game, names that it has, words of all sports, of other
// topics and of no list stand in it; and its words in order, those that are in a list by the list's name.
import { isOpener } from '../ground/common-words.js';
import type { Entity } from '../understand/entities.js';
import { createLexicon } from './lexicon.js';
import { plainLetters } from './plain-letters.js';
import type { ScopedQuestion, ScopeRules } from './scope.js';

export interface ScopeFeatures {
  /**
   * 0..3 each: words of the game, mostly of it, people, names, words of sports, of other topics, of no list, unknown names,
   * whether the game is named, and, where it is not, words of other topics, of no list, of sports; whether it is short.
   */
  counts: number[];
  words: string[];
  /** For each word its list, or the word itself. */
  classes: string[];
  /** The game is named and no other topic is, or no topic at all is ("who won yesterday?"): nothing is left to weigh. */
  isPlain: boolean;
}

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
/** A league, a ground or a full name, by NAME_WEIGHTS; a team plays other games, too. */
const SURE_NAME = 2;
const MOST = 3;
const SHORT = 5;
const FULL_OR_SHORT = /\s|^[A-Z]{3,}$/;

export function createScopeFeatures(
  rules: Omit<ScopeRules, 'models'>,
): (question: ScopedQuestion) => ScopeFeatures {
  const cricket = createLexicon(rules.cricket);
  const mostly = createLexicon(rules.mostly);
  const people = createLexicon(rules.people);
  const sport = createLexicon(rules.sport);
  const other = createLexicon(rules.other);
  const generic = createLexicon(rules.generic);
  const lists = { CRICKET: cricket, PERSON: people, OTHER: other, MOSTLY: mostly, SPORT: sport };

  return ({ entities, text }) => {
    const plain = plainLetters(text);
    const words = (plain.replace(/['’]s\b/g, '').match(/[\p{L}\p{M}\p{N}+#]+/gu) ?? []).slice(0, 400);
    const said = new Map(
      entities.flatMap(({ kind, said }) =>
        plainLetters(said)
          .split(/[^\p{L}\p{M}\p{N}]+/u)
          .map((word) => [word, kind.toUpperCase()] as const),
      ),
    );
    const capitals = namesIn(text);
    const classOf = (word: string) =>
      said.get(word) ??
      Object.entries(lists).find(([, list]) => list.count(word) > 0)?.[0] ??
      (generic.isAll(word) || isOpener(word) ? word : capitals.has(word) ? 'NAME' : 'WORD');
    const classes = words.map(classOf);
    const all = (name: string) => classes.filter((each) => each === name).length;
    const [strangers, names] = [all('WORD'), all('NAME')];
    const named = entities.reduce((sum, entity) => sum + weightOf(entity), 0);
    const [ofGame, ofPeople, others] = [cricket.count(plain), people.count(plain), other.count(plain)];
    const isOfGame = ofGame + ofPeople + named >= 1 ? 1 : 0;
    const counts = [
      ofGame,
      mostly.count(plain),
      ofPeople,
      named / 2,
      sport.count(plain),
      others,
      strangers,
      names,
      isOfGame * MOST,
      isOfGame ? 0 : others,
      isOfGame ? 0 : strangers,
      isOfGame ? 0 : sport.count(plain),
      words.length <= SHORT ? 1 : 0,
    ].map((count) => Math.min(MOST, count));
    const isVague = ofGame + ofPeople + strangers + names + mostly.count(plain) === 0;
    const isNamed = ofGame > 0 || ofPeople > 0 || named >= SURE_NAME;
    return { counts, words, classes, isPlain: others === 0 && (isVague || isNamed) };
  };
}

/** Words with a capital letter, in plain letters; the first of a sentence has one anyway. */
function namesIn(text: string): Set<string> {
  const words = text.match(/(?<=\S\s+["'“‘(]?)\p{Lu}[\p{L}\p{M}\p{N}’'-]*/gu) ?? [];
  return new Set(words.flatMap((word) => plainLetters(word).split(/[^\p{L}\p{M}\p{N}]+/u)));
}

/** A nickname that is also a word ("Stars") says little, a full name or a short form much. */
function weightOf({ kind, said }: ScopedQuestion['entities'][number]): number {
  const weight = NAME_WEIGHTS[kind];
  return kind === 'club' && !FULL_OR_SHORT.test(said) ? Math.min(weight, 1) : weight;
}
