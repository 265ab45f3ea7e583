// Two things asked of one without a question word: "dates and venues of the Tests", "Quill match figures and runs".

const THING =
  '(?:(?:match |bowling |batting |base |final |full |series |start |auction )?(?:dates?|times?|venues?|grounds?|places?|scores?|results?|prices?|figures|runs|wickets|captains?|coach(?:es)?|winners?|margins?|squads?|teams?|fixtures?|ages?|opponents?|scorers?|purses?|slots?|standings|schedule|toss|attendance|umpires?|sponsors?|owners?))';
const OF_ONE = new RegExp(
  `^(?:what (?:are|were|is|was) )?(?:the )?(${THING}) (?:and|&) (?:the )?(${THING}) (of|for|in) (.+?)\\??$`,
  'i',
);
const AFTER_ONE = new RegExp(`^(.+?) (${THING}) (?:and|&) (${THING})\\??$`, 'i');
/** With one of these in front it is a sentence, and its verb asks. */
const ASKING =
  /\b(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|will|most|between)\b/i;
const LONGEST_TOPIC = 6;

/** Each thing asked for by itself; [] = the text is no such list. */
export function splitThings(text: string): string[] {
  const [, one, other, joint, rest] = OF_ONE.exec(text) ?? [];
  if (one && rest) {
    return [`${one} ${joint} ${rest}`, `${other} ${joint} ${rest}`];
  }
  const [, topic, first, second] = AFTER_ONE.exec(text) ?? [];
  const isTopic = topic !== undefined && !ASKING.test(topic) && topic.split(/\s+/).length <= LONGEST_TOPIC;
  return isTopic ? [`${topic} ${first}`, `${topic} ${second}`] : [];
}
