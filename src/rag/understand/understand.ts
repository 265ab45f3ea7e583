// From a question as people type it to what is searched for: its telling words, each with its rarity in the
// index, the names that it means, the time and side that it asks about; and the single questions in it.
import { stemmer } from 'stemmer';
import type { Clock } from '../../domain.js';
import type { LexicalIndex } from '../ports.js';
import { type AnswerType, answerTypeOf } from './answer-type.js';
import {
  type Entity,
  entitiesOf,
  isNameWord,
  nicknameWordsOf,
  searchWordsOf,
  sidesOf,
  spelledOut,
} from './entities.js';
import { type Language, languageOf } from './language.js';
import { equivalentsOf, type FindNames, type FoundName, type Side } from './names.js';
import { askedOfEach, listedPeople, splitQuestion } from './parts.js';
import type { FindPublishers } from './publishers.js';
import { writtenOut } from './shorthand.js';
import { mend, seenWords, spell } from './spell.js';
import { words } from './terms.js';
import { type TimeSense, timeSense } from './times.js';
import { inFull, writtenOtherwise } from './written-otherwise.js';

export type { AnswerType };

export interface Query extends TimeSense {
  /** The question as asked, shorthand written out; of a follow-up, what it leans on stands in front. */
  text: string;
  /** The same, misspelt words mended and short names and nicknames in full: for search by meaning. */
  spelledOut: string;
  /** Telling words to search for, repaired; the full names behind short ones among them. */
  terms: string[];
  /** For a stem, other stems that mean the same when all of them are there ("rcb": royal, challeng, bengaluru; "8": eight). */
  equivalents: Map<string, string[]>;
  /** Each term's stem with its rarity: log inverse chunk frequency, more than 0. */
  weights: Map<string, number>;
  /** Every word of the question, lower-case: names among them are no answer to it. */
  said: Set<string>;
  answerType: AnswerType;
  /** Publishers that the question names. */
  publishers: string[];
  /** Teams, clubs, leagues, formats, trophies, grounds, sides and people that it names, in its order. */
  entities: Entity[];
  /** Whether a word of it is most often written as a part of a name. */
  namesSomebody: boolean;
  /** Sides that it asks about: women's, men's, under-19; [] = it leaves that open. */
  sides: Side[];
  /** The language that it is asked in, and should be answered in. */
  language: Language;
  /**
   * The single questions of one about several things, in its order: each is searched and answered for itself.
   * [] = it is one question. The other fields are of the whole; a part has no parts.
   */
  parts: Query[];
}

export interface UnderstandDeps {
  lexical: Pick<LexicalIndex, 'frequencies' | 'closest' | 'namesWith'>;
  findNames: FindNames;
  findPublishers: FindPublishers;
  clock: Clock;
}

/** Reads a question; `before` is what a follow-up leans on: it is searched for too, but asks nothing. */
export async function understand(typed: string, deps: UnderstandDeps, before = ''): Promise<Query> {
  const question = writtenOut(typed);
  const whole = await understandOne(question, before, deps);
  const asked = splitQuestion(question);
  const texts = asked.length > 0 ? asked : askedOfEach(question, peopleListed(question, whole.entities));
  const parts: Query[] = [];
  for (const text of texts) {
    // "…and by how many runs?" leans on the half before it.
    const [first] = texts;
    const isLeaning = text !== first && NAMELESS.test(text);
    parts.push(await understandOne(text, isLeaning ? `${before} ${first}`.trim() : before, deps));
  }
  return { ...whole, parts };
}

/** No capital letter but the first. */
const NAMELESS = /^.\P{Lu}*$/u;

/** People of whom the index knows each as a person; [] = none, or one at most. */
function peopleListed(text: string, entities: Entity[]): string[] {
  const listed = listedPeople(text);
  const known = new Set(entities.flatMap(({ kind, said }) => (kind === 'person' ? words(said) : [])));
  return listed.every((person) => words(person).some((word) => known.has(word))) ? listed : [];
}

async function understandOne(question: string, before: string, deps: UnderstandDeps): Promise<Query> {
  const { clock, findNames, findPublishers, lexical } = deps;
  const text = `${before} ${question}`.trim();
  const asTyped = equivalentsOf(namesIn(text, findNames));
  const { counts, spellings, terms, total } = await spell(text, asTyped, lexical);
  const mended = mend(text, spellings);
  const found = namesIn(mended, findNames);
  const taken = new Set(findNames(mended).flatMap(({ said }) => words(said)));
  const weights = new Map(
    terms.map((term, i) => {
      const n = counts[i] ?? 0;
      return [stemmer(term), Math.log(1 + (total - n + 0.5) / (n + 0.5))];
    }),
  );
  const seen = (await seenWords(spellings, terms, counts, lexical)).filter(({ word }) => !taken.has(word));
  const entities = entitiesOf(text, found, seen, (name) => isWhollyNamed(name, findNames));
  const publishers = await findPublishers(text);
  const time = timeOf(question, before, clock());
  // "Does The Example say that…?" asks what was reported, not how things stand.
  const latest = time.latest === 'implied' && publishers.length > 0 ? undefined : time.latest;
  const nicknames = new Set(nicknameWordsOf(found));
  return {
    text,
    spelledOut: spelledOut(mended, found),
    terms: [
      ...new Set([
        ...terms.filter((term) => !nicknames.has(term)),
        ...searchWordsOf(found),
        ...inFull(terms),
      ]),
    ],
    equivalents: new Map([...writtenOtherwise(terms), ...equivalentsOf(found)]),
    weights,
    said: new Set(words(text)),
    answerType: answerTypeOf(question),
    publishers,
    windows: time.windows,
    latest,
    entities,
    namesSomebody: seen.some(isNameWord),
    sides: sidesOf(entities),
    language: languageOf(question),
    parts: [],
  };
}

/** Names alone, without the words of the game that stand beside them. */
function namesIn(text: string, findNames: FindNames): FoundName[] {
  return findNames(text).filter(({ kind }) => kind !== 'word');
}

/** Whether nothing is left of a name beside names of the game: "Adelaide Oval" is no person, "KS Bharat" is. */
function isWhollyNamed(name: string, findNames: FindNames): boolean {
  const named = findNames(name).flatMap(({ kind, said }) => (kind === 'person' ? [] : words(said)));
  return words(name).every((word) => named.includes(word));
}

/** The time of the question, or else of what it leans on. */
function timeOf(question: string, before: string, now: Date): TimeSense {
  const own = timeSense(question, now);
  return own.windows.length > 0 || before === '' ? own : { ...own, windows: timeSense(before, now).windows };
}
