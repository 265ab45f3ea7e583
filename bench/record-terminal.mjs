// Records a real run of `npm run demo` on a terminal and writes it as a picture that plays: docs/pictures/demo.svg.
//   node bench/record-terminal.mjs [--out docs/pictures/demo.svg]
// What is seen is what the program wrote, when it wrote it; only pauses are changed: longer ones are cut to half a
// second, and an answer stands a while before the next question. Needs `script` (util-linux). Run it on an idle machine.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { renderCast } from './render-cast.mjs';
import { createScreen } from './terminal-screen.mjs';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs/pictures/demo.svg' } } });
const COLUMNS = 100;
const ROWS = 34;
const PROMPT = 'Ask your own question';
const LONGEST_PAUSE = 0.5;
const READING_SECONDS = 2.5;
/** A question begins: the picture rests before it. */
const QUESTION = '\x1b[32m›';

const pieces = await record();
const { seconds, versions } = play(pieces);
const svg = renderCast({ versions, seconds, columns: COLUMNS, rows: ROWS, title: 'npm run demo' });
mkdirSync(path.dirname(values.out), { recursive: true });
writeFileSync(values.out, svg);
console.log(
  `${values.out}: ${seconds.toFixed(1)} s, ${versions.length} lines, ${(svg.length / 1024).toFixed(0)} KB`,
);

/** What the terminal got until the prompt, each piece with its second. */
async function record() {
  const command = `stty cols ${COLUMNS} rows ${ROWS}; npm run -s demo`;
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    // The demo names the folder where a model would lie: that of an installed bot, not of whoever records.
    env: {
      ...process.env,
      TERM: 'xterm-256color',
      NO_COLOR: '',
      THIRD_UMPIRE_DATA_DIR: '/var/lib/third-umpire',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const got = [];
  let all = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    got.push({ at: performance.now() / 1000, text });
    all += text;
    if (all.includes(PROMPT) && !all.includes('exit\r')) {
      child.stdin.end('exit\n');
    }
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0 || !all.includes(PROMPT)) {
    throw new Error(`the demo ended with ${code}:\n${all.slice(-500)}`);
  }
  const end = got.findIndex((_, i) =>
    got
      .slice(0, i + 1)
      .map(({ text }) => text)
      .join('')
      .includes(PROMPT),
  );
  const last = got[end];
  return [...got.slice(0, end), { ...last, text: last.text.split(PROMPT)[0] }];
}

/** Every state that a line had, with the seconds from and to which it stood; `to` absent = to the end. */
function play(pieces) {
  const screen = createScreen(COLUMNS);
  const versions = [];
  const current = [];
  let now = 0;
  let before = pieces[0].at;
  for (const { at, text } of pieces) {
    now += Math.min(at - before, LONGEST_PAUSE) + (text.includes(QUESTION) && now > 0 ? READING_SECONDS : 0);
    before = at;
    screen.write(text);
    screen.lines.forEach((cells, row) => {
      const spans = spansOf(cells);
      const key = JSON.stringify(spans);
      const old = current[row];
      if (old?.key === key || (!old && spans.length === 0)) {
        return;
      }
      if (old) {
        old.to = now;
      }
      current[row] = { row, key, spans, from: now };
      versions.push(current[row]);
    });
  }
  // What stood for less than a frame was seen by nobody.
  return { seconds: now, versions: versions.filter(({ from, to }) => to === undefined || to - from > 0.04) };
}

/** Runs of letters of one look, without blanks at the end. */
function spansOf(cells) {
  const spans = [];
  for (const { letter, name } of cells) {
    if (spans.at(-1)?.name === name) {
      spans.at(-1).text += letter;
    } else {
      spans.push({ name, text: letter });
    }
  }
  while (spans.at(-1)?.text.trim() === '') {
    spans.pop();
  }
  return spans;
}
