// Answers that people found wrong, as a file for `eval`: the questions are ready to run, and what was answered stands
// beside them as comments, so that whoever knows better only has to say what is right.
import type { Complaint } from '../news.js';

/** As `eval` reads them at most. */
const MOST_CHARACTERS = 2000;
const MOST_READ_SHOWN = 5;

/** A YAML file; undefined = nobody complained. */
export function complaintCases(complaints: Complaint[]): string | undefined {
  if (complaints.length === 0) {
    return undefined;
  }
  const count = complaints.length === 1 ? '1 answer' : `${complaints.length} answers`;
  return [
    `# ${count} that people found wrong. Say under each what is right (must-cite, must-contain or`,
    '# must-abstain: true; third-umpire eval --help shows how), then run: third-umpire eval THIS_FILE',
    'questions:',
    ...complaints.flatMap(caseOf),
    '',
  ].join('\n');
}

function caseOf({
  answer,
  askedAt,
  citations,
  earlier,
  generator,
  kinds,
  passages,
  questionId,
  text,
}: Complaint) {
  const turns = [...earlier, text].map((turn) => quoted(turn.slice(0, MOST_CHARACTERS)));
  const cited = new Set(citations.map(({ url }) => url));
  const read = [...new Set(passages.map(({ url }) => url))].filter((url) => !cited.has(url));
  return [
    `  - id: ${quoted(questionId)}`,
    `    now: ${quoted(askedAt)}`,
    turns.length === 1 ? `    question: ${turns[0]}` : `    turns: [${turns.join(', ')}]`,
    `    # ${kinds.join(', ')}; answered by ${quoted(generator)}: ${quoted(answer)}`,
    ...[...cited].map((url) => `    # cited: ${quoted(url)}`),
    ...read.slice(0, MOST_READ_SHOWN).map((url) => `    # read, too: ${quoted(url)}`),
  ];
}

/** JSON's strings are YAML's, and hold no line break. */
const quoted = (text: string) => JSON.stringify(text).replace(/[\u2028\u2029\u0085]/g, ' ');
