// A question about two things ("Who won the toss and how many did Kohli make?") is searched as two, because
// one report seldom holds both. Split rarely: only where each half asks by itself, or where people are listed
// who can be asked about one by one; what stands between two teams is one match.
import { splitThings } from './things.js';

const ASKING = 'who|whom|whose|what|when|where|why|how|which';
const HELPING = 'is|are|was|were|did|does|do|has|have|had|will|would|can|could|should';
const STARTS = new RegExp(
  `^(${ASKING}|${HELPING}|in which|at which|for which|by how|on which|from which)\\b`,
  'i',
);
const JOIN = new RegExp(
  `[,;]?\\s+(?:and|&|but)(?: also| then)?,?\\s+(?=(?:(?:by|in|at|for|on|from|to|against|with)\\s+)?(?:${ASKING})\\b)`,
  'i',
);
/** "Who knew when and where…" asks once. */
const INDIRECT = new RegExp(`\\b(${ASKING})$`, 'i');
/** People named together who did one thing together. */
const TOGETHER =
  /\b(between|together|each other|partnership|stand|put on|share[ds]?|both|pair|combined?|add(ed)?|versus|vs?)\b/i;
const PERSON = String.raw`\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2}`;
const LISTED = new RegExp(`(?<=\\b(?:${HELPING}) )(${PERSON})((?:, ${PERSON})*),? and (${PERSON})`, 'u');
/** "Prices of Quill and Finch". */
const LISTED_OF = new RegExp(
  `(?<=\\b(?:scores|prices|ages|figures|runs|wickets|salaries|bids|fees|stats|returns) (?:of|for|by) )(${PERSON})((?:, ${PERSON})*),? and (${PERSON})`,
  'u',
);
/** "…, and has it ever been won before?" */
const JOIN_HELPING = new RegExp(`,\\s+and\\s+(?=(?:${HELPING})\\b)`, 'i');
/** "Where and when is the final?" */
const TWICE = new RegExp(`^(${ASKING}) and (${ASKING})\\s+(.+)$`, 'i');
/** "England in the Caribbean: series score and next match". */
/** "Are Quill and Finch fit?" asks once. */
const ASKED_FIRST = new RegExp(`^(?:${ASKING}|in which|at which|for which|by how)\\b`, 'i');
const TOPIC = /^([^:?]{3,60}):\s+(.{8,})$/;
const ASKS = new RegExp(`\\b(?:${ASKING})\\b`, 'i');
const JOIN_COMMA = /,\s+(?=(?:who|whom|what|when|where|how)\b)/i;
const BARE = /^(when|where|why|how)\s*\??$/i;
const ASKED = new RegExp(`^(?:${ASKING})(['’]s|\\s+(?:${HELPING}))\\s+(.+?)\\??$`, 'i');
const ELSEWHERE = /^(who|what|how many|how much)\s+(at|in|for|against|on|by)\s+(.+)$/i;
const FEWEST_WORDS = 2;
/** A longer question describes what it asks about; its clauses are no questions of their own. */
const LONGEST_WORDS = 20;
const MOST_PARTS = 3;

/** The single questions of a text, in order; [] = it is one question. At most 3. */
export function splitQuestion(text: string): string[] {
  if (text.split(/\s+/).length > LONGEST_WORDS) {
    return [];
  }
  const [, topic, asked] = TOPIC.exec(text) ?? [];
  if (topic && asked) {
    return splitQuestion(asked).map((part) => `${topic}: ${part}`);
  }
  const sentences = text
    .split(/(?<=\?)\s+/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
  if (sentences.length > 1) {
    return sentences.every(isQuestion) && sentences.length <= MOST_PARTS ? sentences : [];
  }
  const [, one, other, rest] = TWICE.exec(text) ?? [];
  if (rest && rest.split(/\s+/).length > FEWEST_WORDS) {
    return [`${one} ${rest}`, `${other} ${rest}`];
  }
  const things = splitThings(text);
  if (things.length > 0) {
    return things;
  }
  const join = JOIN.exec(text) ?? JOIN_HELPING.exec(text) ?? joinByComma(text);
  if (!join) {
    return [];
  }
  const first = text.slice(0, join.index).trim();
  const second = text.slice(join.index + join[0].length).trim();
  const length = first.split(/\s+/).length;
  // "Harbour purse and who took their captain": a thing, then a question.
  const isThing = (join[0].startsWith(',') && length > FEWEST_WORDS) || (!ASKS.test(first) && length > 1);
  const isFirst = isQuestion(first) || isThing;
  const whole = sameAskedElsewhere(first, second) ?? askedAgain(first, second) ?? second;
  return isFirst && isQuestion(whole) && !INDIRECT.test(first) ? [`${first.replace(/\?$/, '')}?`, whole] : [];
}

/** "When's the final and where?": the bare word asks the same. */
function askedAgain(first: string, second: string): string | undefined {
  const [, ask] = BARE.exec(second) ?? [];
  const [, helping, rest] = ASKED.exec(first) ?? [];
  if (!ask || !rest) {
    return undefined;
  }
  return `${ask}${helping} ${rest}`;
}

/** "Who won at Quayside and who at Valley": the second lacks only what the first has said. */
function sameAskedElsewhere(first: string, second: string): string | undefined {
  const [, ask, joint, place] = ELSEWHERE.exec(second) ?? [];
  const from = first.toLowerCase().lastIndexOf(` ${joint?.toLowerCase()} `);
  const isSame = ask !== undefined && new RegExp(`\\b${ask}\\b`, 'i').test(first);
  return isSame && from > 0 ? `${first.slice(0, from)} ${joint} ${place}` : undefined;
}

/** "…by how many wickets, who got the hundred": only where the first half asks, else "who" tells of somebody. */
function joinByComma(text: string): RegExpExecArray | null {
  const join = JOIN_COMMA.exec(text);
  const isAsking =
    join !== null && /\b(?:how (?:many|much)|what|when|where)\b/i.test(text.slice(0, join.index));
  return isAsking && !text.slice(join.index + 1).includes(',') ? join : null;
}

/** People of whom each is asked about for himself ("What did Starc and Cummins go for?"); [] = none. */
export function listedPeople(text: string): string[] {
  const found = TOGETHER.test(text)
    ? undefined
    : (ASKED_FIRST.test(text) && LISTED.exec(text)) || LISTED_OF.exec(text);
  if (!found) {
    return [];
  }
  const [, first = '', between = '', last = ''] = found;
  const people = [first, ...between.split(', ').filter(Boolean), last];
  return people.length <= MOST_PARTS ? people : [];
}

/** The question once for each of them. */
export function askedOfEach(text: string, people: string[]): string[] {
  const list = LISTED_OF.test(text) ? LISTED_OF : LISTED;
  return people.map((person) => text.replace(list, person));
}

function isQuestion(text: string): boolean {
  return STARTS.test(text) && text.split(/\s+/).length > FEWEST_WORDS;
}
