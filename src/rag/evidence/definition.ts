// "Who is Shreyas Iyer?" asks for what somebody is, and reports say that in one shape: "Shreyas Iyer is an India
// batter …". No count of shared words finds it, because every sentence about him shares the same two.
import type { Passage } from '../../domain.js';
import { words } from '../understand/terms.js';
import { candidatesOf } from './sentence-features.js';

const WHO = /^\s*(?:and\s+)?who(?:['’]s|\s+is|\s+was|\s+are|\s+were)\s+(?:the\s+)?([^?,]{2,60}?)\s*\??\s*$/i;
/** A name of more words is a description ("the most expensive player of the auction"). */
const MOST_NAME_WORDS = 4;
const IS_A = /^\s*(?:is|was|are|were)\s+(?:a|an|the|one|[\p{Lu}\d])/u;

/** The first sentence that says what the person or thing asked about is; undefined = no such question, or none. */
export function definitionFor(
  question: string,
  passages: Passage[],
): { text: string; passage: Passage } | undefined {
  const name = words(WHO.exec(question)?.[1] ?? '');
  if (name.length === 0 || name.length > MOST_NAME_WORDS) {
    return undefined;
  }
  const found = candidatesOf(passages).find(({ text }) => defines(text, name));
  return found && { text: found.text, passage: found.passage };
}

/** "Iyer is a …", "Shreyas Iyer, 29, was the …": the subject ends in the name, and its verb says what it is. */
function defines(text: string, name: string[]): boolean {
  const verb = /\s(?:is|was|are|were)\s/.exec(text);
  if (!verb || !IS_A.test(text.slice(verb.index))) {
    return false;
  }
  const subject = words(text.slice(0, verb.index).split(',', 1)[0] ?? '');
  return subject.length <= MOST_NAME_WORDS && name.every((word) => subject.includes(word));
}
