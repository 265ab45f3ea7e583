// From a question as people type it to what is searched for: its telling words, each with its rarity in the
// index, the names that it means, the time and side that it asks about; and the single questions in it.
import { stemmer } from 'stemmer';
import type { Clock } from '../domain.js';
import { type AnswerType, answerTypeOf } from './answer-type.js';
import { type Entity, entitiesOf, type SeenWord, searchWordsOf, sidesOf } from './entities.js';
import { type Language, languageOf } from './language.js';
import { equivalentsOf, type FindNames, type Side } from './names.js';
import { askedOfEach, listedPeople, splitQuestion } from './parts.js';
import type { LexicalIndex } from './ports.js';
import type { FindPublishers } from './publishers.js';
import { topicOf } from './survey.js';
import { searchTerms, words } from './terms.js';
import { type TimeSense, timeSense } from './times.js';

export type { AnswerType };

export interface Query extends TimeSense {
  /** The question as asked; of a follow-up, what it leans on stands in front. */
  text: string;
  /** Telling words to search for, repaired. */
  terms: string[];
  /** For a stem, other stems that mean the same when all of them are there ("rcb": royal, challeng, bengaluru). */
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
export async function understand(question: string, deps: UnderstandDeps, before = ''): Promise<Query> {
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
  const found = findNames(text);
  const equivalents = equivalentsOf(found);
  const { counts, spellings, terms, total } = await spell(topicOf(text), equivalents, lexical);
  const weights = new Map(
    terms.map((term, i) => {
      const n = counts[i] ?? 0;
      return [stemmer(term), Math.log(1 + (total - n + 0.5) / (n + 0.5))];
    }),
  );
  const entities = entitiesOf(found, await seenWords(spellings, terms, counts, lexical), (name) =>
    findNames(name).some(({ kind }) => kind !== 'side' && kind !== 'format'),
  );
  const publishers = await findPublishers(text);
  const time = timeOf(question, before, clock());
  // "Does The Example say that…?" asks what was reported, not how things stand.
  const latest = time.latest === 'implied' && publishers.length > 0 ? undefined : time.latest;
  return {
    text,
    terms: [...new Set([...terms, ...searchWordsOf(found)])],
    equivalents,
    weights,
    said: new Set(words(text)),
    answerType: answerTypeOf(question),
    publishers,
    windows: time.windows,
    latest,
    entities,
    sides: sidesOf(entities),
    language: languageOf(question),
    parts: [],
  };
}

/** The telling words, those that the index does not know replaced by what it does, with their frequencies. */
async function spell(text: string, equivalents: Query['equivalents'], lexical: UnderstandDeps['lexical']) {
  const asked = searchTerms(text);
  const { counts, total } = await lexical.frequencies(asked);
  const isUnknown = asked.map((term, i) => counts[i] === 0 && !equivalents.has(stemmer(term)));
  const unknown = asked.filter((_, i) => isUnknown[i]);
  const known = asked.filter((_, i) => !isUnknown[i]);
  const nearest = unknown.length > 0 && total > 0 ? await lexical.closest(unknown, known) : [];
  const repairs = new Map(unknown.map((term, i) => [term, nearest[i] ?? term]));
  /** Each asked word with what is searched for it. */
  const spellings = new Map(asked.map((term) => [term, repairs.get(term) ?? term]));
  const terms = [...new Set(spellings.values())];
  const isRepaired = nearest.some((stem) => stem !== undefined);
  return { spellings, terms, total, counts: isRepaired ? (await lexical.frequencies(terms)).counts : counts };
}

async function seenWords(
  spellings: Map<string, string>,
  terms: string[],
  counts: number[],
  lexical: UnderstandDeps['lexical'],
): Promise<SeenWord[]> {
  const names = await lexical.namesWith(terms);
  return [...spellings].map(([said, word]) => {
    const at = terms.indexOf(word);
    const { count, names: full } = names[at] ?? { count: 0, names: [] };
    return { said, word, names: full, share: Math.min(1, count / Math.max(1, counts[at] ?? 0)) };
  });
}

/** The time of the question, or else of what it leans on. */
function timeOf(question: string, before: string, now: Date): TimeSense {
  const own = timeSense(question, now);
  return own.windows.length > 0 || before === '' ? own : { ...own, windows: timeSense(before, now).windows };
}
