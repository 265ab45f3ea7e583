// The training lines of the guard by who wrote them: `own` (with alternatives, by whoever wrote the rules), `others`, `a` and `b` (bench/guard-train/lines-*,
// each by people who had not seen the rules), `sighted` (written with the misses of the second blind set in sight), `opened` and `opened-2` (sets of
// bench/blind/guard that had been scored before they were opened). What is fitted on some writers and tried on another forecasts how it does on
// a stranger's lines; folds within one writer do not.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { trainingLines } from './training-lines.mjs';

/** Each writer that is tried as a stranger, and whose lines say too much of theirs. */
export const STRANGERS = {
  ...{ others: [], opened: ['own'], 'opened-2': ['sighted'], 'opened-3': [] },
  ...{ a: [], b: [], c: [], d: [], e: [], f: [], g: [], h: [], i: [] },
};

const TRAIN = path.join(import.meta.dirname, 'guard-train');
const BLIND = path.join(import.meta.dirname, 'blind/guard');
const WRITERS = {
  ...{ others: '', a: '-a', b: '-b', c: '-c', d: '-d', e: '-e', f: '-f', g: '-g', h: '-h', i: '-i' },
  sighted: '-sighted',
};
const OPENED = { opened: '', 'opened-2': '-2', 'opened-3': '-3' };
/** For each set its file of own lines, what other writers' files are called, and the opened sets. */
const SETS = {
  cricket: { own: 'scope-cricket', opened: ['scope-cricket'] },
  other: { own: 'scope-other', opened: ['scope-other'] },
  betting: { opened: [] },
  harmful: { own: 'moderation-harmful', opened: ['abusive'] },
  harmless: { own: 'moderation-harmless', opened: ['ordinary', 'harmless-scary'] },
};

/** Gives [{text, turns, kind, writer, file}]. `most` texts of an own line. */
export function guardLines(set, { most = 2 } = {}) {
  const { opened, own } = SETS[set];
  const ownLines = own ? trainingLines(path.join(TRAIN, `${own}.txt`), { most }) : [];
  return [
    ...ownLines.map(({ kind, text }) => ({ text, kind, writer: 'own', file: set })),
    ...Object.entries(WRITERS).flatMap(([writer, ending]) =>
      plainLines(path.join(TRAIN, `lines-${set}${ending}.txt`)).map((line) => ({
        ...line,
        writer,
        file: set,
      })),
    ),
    ...Object.entries(OPENED).flatMap(([writer, ending]) =>
      opened.flatMap((name) =>
        ['open', 'held-back']
          .flatMap((half) => parse(readFileSync(path.join(BLIND, `${name}${ending}-${half}.yaml`), 'utf8')))
          .map(({ kind, text, turns }) => ({ text, turns, kind, writer, file: name })),
      ),
    ),
  ];
}

/** One text a line, its kind before a tab where it has one; "# " begins a comment. Not every writer has every set. */
function plainLines(file) {
  return (existsSync(file) ? readFileSync(file, 'utf8') : '')
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
