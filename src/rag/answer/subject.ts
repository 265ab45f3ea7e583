// A quotation that begins with "He" says little by itself. Where the headline and all that the passage has told so far
// name one person alone, that person is put in its place, in brackets: "[Quill] took five wickets."
import type { Passage } from '../../domain.js';
import { splitSentences } from '../evidence/sentences.js';
import type { ReadText } from '../ground/check.js';
import { isSameName } from '../ground/clauses.js';
import type { NameSpan } from '../ground/names.js';

const PRONOUN = /^(?:He|She)(?= \p{Ll})(?! (?:and|or) )/u;
/** A headline in capitals throughout tells no names from other words. */
const SENTENCE_CASE = /(?:\s\p{Ll}{3,}.*){2}/u;

/** The sentence with its first pronoun resolved, or as it is where more than one person fits. */
export function withSubject(read: (text: string) => ReadText, sentence: string, passage: Passage): string {
  const at = passage.text.indexOf(sentence);
  if (!PRONOUN.test(sentence) || at <= 0 || !SENTENCE_CASE.test(passage.title)) {
    return sentence;
  }
  const title = read(`${passage.title}.`);
  const [subject, ...rivals] = peopleIn(title);
  const before = splitSentences(passage.text.slice(0, at))
    .slice(-2)
    .flatMap((text) => peopleIn(read(text.trim())));
  const isOne = (name: NameSpan) => subject !== undefined && isSameName(name, subject);
  return subject && rivals.length === 0 && before.length > 0 && before.every(isOne)
    ? sentence.replace(PRONOUN, `[${wordsOf(title, subject)}]`)
    : sentence;
}

function peopleIn({ names, tokens }: ReadText): NameSpan[] {
  return names.filter(({ kind, start }) => kind === 'person' && tokens[start]?.isCapital);
}

function wordsOf({ tokens }: ReadText, { next, start }: NameSpan): string {
  return tokens
    .slice(start, next)
    .map(({ isGlued, text }, i) => (i === 0 || isGlued ? text : ` ${text}`))
    .join('')
    .replace(/'s$/, '');
}
