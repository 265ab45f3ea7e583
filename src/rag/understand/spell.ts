// Reads the words of a question as the index knows them: those that it does not know are replaced by what they
// were most likely meant to be, and names are told from other words.
import { stemmer } from 'stemmer';
import { topicOf } from '../evidence/survey.js';
import type { LexicalIndex } from '../ports.js';
import type { SeenWord } from './entities.js';
import { meantBeside } from './name-beside.js';
import { searchTerms, words } from './terms.js';

type Lexical = Pick<LexicalIndex, 'frequencies' | 'closest' | 'namesWith'>;

/** The telling words, those that the index does not know replaced by what it does, with their frequencies. */
export async function spell(text: string, equivalents: Map<string, string[]>, lexical: Lexical) {
  const asked = tellingWords(text);
  const { counts, total } = await lexical.frequencies(asked);
  const isUnknown = asked.map((term, i) => counts[i] === 0 && !equivalents.has(stemmer(term)));
  const unknown = asked.filter((_, i) => isUnknown[i]);
  const known = asked.filter((_, i) => !isUnknown[i]);
  const nearest =
    unknown.length > 0 && total > 0 ? await lexical.closest(unknown, known, capitalised(text)) : [];
  const repairs = new Map(unknown.map((term, i) => [term, nearest[i] ?? term]));
  const beside = asked.map((term) => repairs.get(term) ?? term);
  for (const [term, meant] of meantBeside(beside, await lexical.namesWith(beside), text)) {
    repairs.set(term, meant);
  }
  /** Each asked word with what is searched for it. */
  const spellings = new Map(asked.map((term) => [term, repairs.get(term) ?? term]));
  const terms = [...new Set(spellings.values())];
  const isRepaired = terms.some((term) => !asked.includes(term));
  return { spellings, terms, total, counts: isRepaired ? (await lexical.frequencies(terms)).counts : counts };
}

/** The asked words with the names that hold them. */
export async function seenWords(
  spellings: Map<string, string>,
  terms: string[],
  counts: number[],
  lexical: Lexical,
): Promise<SeenWord[]> {
  const names = await lexical.namesWith(terms);
  return [...spellings].map(([said, word]) => {
    const at = terms.indexOf(word);
    const { count, names: full } = names[at] ?? { count: 0, names: [] };
    return { said, word, names: full, share: Math.min(1, count / Math.max(1, counts[at] ?? 0)) };
  });
}

/** Words for a time are read as such, not searched for, unless nothing else is asked. */
function tellingWords(text: string): string[] {
  const all = searchTerms(topicOf(text));
  const telling = all.filter((word) => !TIME_WORDS.has(word));
  return telling.length > 0 ? telling : all;
}

const TIME_WORDS = new Set(
  'today tonight yesterday tomorrow latest recent recently current currently lately nowadays'.split(' '),
);

/** The text with its misspelt words replaced. */
export function mend(text: string, spellings: Map<string, string>): string {
  const wrong = new Map([...spellings].filter(([said, word]) => said !== word));
  return wrong.size === 0
    ? text
    : text.replace(/[\p{L}\p{M}]+/gu, (word) => wrong.get(word.toLowerCase()) ?? word);
}

/** Words with a capital letter that do not begin a sentence. */
function capitalised(text: string): string[] {
  return [...text.matchAll(/(?<=[\p{L}\p{N},'"’”)]\s['"‘“(]?)\p{Lu}[\p{L}\p{M}]+/gu)].flatMap(([word]) =>
    words(word),
  );
}
