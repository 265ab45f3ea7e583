// A second question in a thread often leans on the first ("and who bowled best?"). Joining turns always
// would wreck unrelated questions, so it is done only when the question cannot stand alone: it names nobody,
// or it is short and points back with a pronoun.

const POINTS_BACK =
  /\b(he|she|it|they|him|her|them|his|hers|its|their|theirs|that|this|those|these|there|then|same|too|also)\b/i;
/** A capitalised word after the first, or a first one that is no question word or the like. */
const NAME_LATER = /\S\s+["'“‘(]?\p{Lu}[\p{L}'’-]+/u;
const SHORT_WORDS = 9;

/** The earlier questions that this one leans on, joined by spaces; '' = it stands alone. */
export function contextOf(question: string, earlier: string[]): string {
  const before = earlier.at(-1);
  if (before === undefined || !leansBack(question)) {
    return '';
  }
  return `${contextOf(before, earlier.slice(0, -1))} ${before}`.trim();
}

function leansBack(question: string): boolean {
  const isShort = question.split(/\s+/).length <= SHORT_WORDS;
  return !NAME_LATER.test(question) || (isShort && POINTS_BACK.test(question));
}
