// A question about two things ("Who won the toss and how many did Kohli make?") is searched as two, because
// one report seldom holds both. Split rarely: only where each half asks by itself, or where people are listed
// who can be asked about one by one; what stands between two teams is one match.

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
/** "…, and has it ever been won before?" */
const JOIN_HELPING = new RegExp(`,\\s+and\\s+(?=(?:${HELPING})\\b)`, 'i');
/** "Where and when is the final?" */
const TWICE = new RegExp(`^(${ASKING}) and (${ASKING})\\s+(.+)$`, 'i');
const FEWEST_WORDS = 2;
/** A longer question describes what it asks about; its clauses are no questions of their own. */
const LONGEST_WORDS = 20;
const MOST_PARTS = 3;

/** The single questions of a text, in order; [] = it is one question. At most 3. */
export function splitQuestion(text: string): string[] {
  if (text.split(/\s+/).length > LONGEST_WORDS) {
    return [];
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
  const join = JOIN.exec(text) ?? JOIN_HELPING.exec(text);
  if (!join) {
    return [];
  }
  const first = text.slice(0, join.index).trim();
  const second = text.slice(join.index + join[0].length).trim();
  const isFirst = isQuestion(first) || (join[0].startsWith(',') && first.split(/\s+/).length > FEWEST_WORDS);
  return isFirst && isQuestion(second) && !INDIRECT.test(first)
    ? [`${first.replace(/\?$/, '')}?`, second]
    : [];
}

/** People of whom each is asked about for himself ("What did Starc and Cummins go for?"); [] = none. */
export function listedPeople(text: string): string[] {
  const found = STARTS.test(text) && !TOGETHER.test(text) ? LISTED.exec(text) : undefined;
  if (!found) {
    return [];
  }
  const [, first = '', between = '', last = ''] = found;
  const people = [first, ...between.split(', ').filter(Boolean), last];
  return people.length <= MOST_PARTS ? people : [];
}

/** The question once for each of them. */
export function askedOfEach(text: string, people: string[]): string[] {
  return people.map((person) => text.replace(LISTED, person));
}

function isQuestion(text: string): boolean {
  return STARTS.test(text) && text.split(/\s+/).length > FEWEST_WORDS;
}
