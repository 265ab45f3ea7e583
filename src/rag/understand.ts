// From a question as people type it to what is searched for: its telling words, each with its rarity in the
// index, and misspelt ones ("chech") replaced by what the index knows ("cech").
import { stemmer } from 'stemmer';
import type { Clock } from '../domain.js';
import { equivalentsOf, type FindNames } from './names.js';
import type { LexicalIndex } from './ports.js';
import type { FindPublishers } from './publishers.js';
import { isSurvey, topicOf } from './survey.js';
import { searchTerms, words } from './terms.js';
import { type TimeSense, timeSense } from './times.js';

/** What answer the question's words ask for. */
export type AnswerType = 'who' | 'number' | 'when' | 'where' | 'why' | 'news' | 'other';

export interface Query extends TimeSense {
  /** The question as asked. */
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
}

export interface UnderstandDeps {
  lexical: Pick<LexicalIndex, 'frequencies' | 'closest'>;
  findNames: FindNames;
  findPublishers: FindPublishers;
  clock: Clock;
}

/** Reads a question; `text` may hold earlier turns before the last, joined by a space. */
export async function understand(text: string, deps: UnderstandDeps): Promise<Query> {
  const { clock, findNames, findPublishers, lexical } = deps;
  const asked = searchTerms(topicOf(text));
  const { total, counts } = await lexical.frequencies(asked);
  const found = findNames(text);
  const equivalents = equivalentsOf(found);
  const unknown = asked.filter((term, i) => counts[i] === 0 && !equivalents.has(stemmer(term)));
  const repaired = new Map(
    zip(unknown, unknown.length > 0 && total > 0 ? await lexical.closest(unknown) : []),
  );
  const terms = [...new Set(asked.map((term) => repaired.get(term) ?? term))];
  const known = repaired.size > 0 ? (await lexical.frequencies(terms)).counts : counts;
  const weights = new Map(
    terms.map((term, i) => {
      const n = known[i] ?? 0;
      return [stemmer(term), Math.log(1 + (total - n + 0.5) / (n + 0.5))];
    }),
  );
  const searched = [...new Set([...terms, ...found.flatMap(({ name }) => searchTerms(name))])];
  const said = new Set(words(text));
  const publishers = await findPublishers(text);
  const time = timeSense(text, clock());
  // "Does The Example say that…?" asks what was reported, not how things stand.
  const latest = time.latest === 'implied' && publishers.length > 0 ? undefined : time.latest;
  return {
    text,
    terms: searched,
    equivalents,
    weights,
    said,
    answerType: answerTypeOf(text),
    publishers,
    windows: time.windows,
    latest,
  };
}

const ANSWER_TYPES: [AnswerType, RegExp][] = [
  ['number', /\bhow (many|much|old|long|far|often|big|tall|high|fast|late|heavy)\b|\bscores?\b/i],
  ['number', /\b(what|which) (score|number|percentage|age|price|fee|time|distance|total|margin)\b/i],
  ['when', /\bwhen\b|\b(what|which) (year|day|date|month|season)\b/i],
  ['who', /\bwho(m|se)?\b/i],
  [
    'who',
    /\b(which|what) (\w+ )?(player|coach|manager|captain|team|club|side|country|bowler|batter|batsman)\b/i,
  ],
  ['where', /\bwhere\b|\b(which|what) (\w+ )?(city|ground|stadium|venue|town|place)\b/i],
  ['why', /\bwhy\b|\bwhat reason\b/i],
];

function answerTypeOf(text: string): AnswerType {
  if (isSurvey(text)) {
    return 'news';
  }
  return ANSWER_TYPES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}

function zip(keys: string[], values: (string | undefined)[]): [string, string][] {
  return keys.flatMap((key, i) => {
    const value = values[i];
    return value === undefined ? [] : [[key, value] as [string, string]];
  });
}
