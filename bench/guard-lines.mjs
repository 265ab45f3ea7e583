// The training lines of the guard by who wrote them: `own` (with alternatives, by whoever wrote the rules), `others` (bench/guard-train/lines-*,
// by people who had not seen the rules), `opened` (sets of bench/blind/guard that had been scored before they were opened). What is
// fitted on some writers and tried on another forecasts how it does on a stranger's lines; folds within one writer do not.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { trainingLines } from './training-lines.mjs';

export const WRITERS = ['own', 'others', 'opened'];

const TRAIN = path.join(import.meta.dirname, 'guard-train');
const BLIND = path.join(import.meta.dirname, 'blind/guard');
/** For each set its file of own lines, the other writers' file, and the opened sets. */
const SETS = {
  cricket: { own: 'scope-cricket', others: 'lines-cricket', opened: ['scope-cricket'] },
  other: { own: 'scope-other', others: 'lines-other', opened: ['scope-other'] },
  betting: { others: 'lines-betting', opened: [] },
  harmful: { own: 'moderation-harmful', others: 'lines-harmful', opened: ['abusive'] },
  harmless: { own: 'moderation-harmless', others: 'lines-harmless', opened: ['ordinary', 'harmless-scary'] },
};

/** Gives [{text, turns, kind, writer, group}]; those of one group must not be torn apart. `most` texts of an own line. */
export function guardLines(set, { most = 2 } = {}) {
  const { opened, others, own } = SETS[set];
  const ownLines = own ? trainingLines(path.join(TRAIN, `${own}.txt`), { most }) : [];
  return [
    ...ownLines.map(({ kind, line, text }) => ({ text, kind, writer: 'own', group: `own ${set} ${line}` })),
    ...plainLines(path.join(TRAIN, `${others}.txt`)).map(({ kind, text }, at) => ({
      ...{ text, kind, writer: 'others', group: `others ${set} ${at}` },
    })),
    ...opened
      .flatMap((name) => ['open', 'held-back'].map((half) => `${name}-${half}.yaml`))
      .flatMap((file) => parse(readFileSync(path.join(BLIND, file), 'utf8')))
      .map(({ id, kind, text, turns }) => ({ text, turns, kind, writer: 'opened', group: id })),
  ];
}

/** One text a line, its kind before a tab where it has one; "#" begins a comment. */
function plainLines(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('# '))
    .map((line) => {
      const [text, kind = ''] = line.split('\t').reverse();
      return { kind, text: text.trim() };
    });
}

/** As it is typed in haste: no capitals, no question mark, now and then two letters the wrong way round. */
export function hasty(text, random, typos = 0.3) {
  return text
    .toLowerCase()
    .replace(/\?$/, '')
    .replace(/\b[a-z]{5,}\b/, (word) => {
      const at = 1 + Math.floor(random() * (word.length - 2));
      return random() < typos ? word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2) : word;
    });
}
