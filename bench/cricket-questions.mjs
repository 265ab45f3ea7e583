// How well questions about the sample news are understood and searched for: node bench/cricket-questions.mjs FILE
// [--words] [--data-dir DIR]. FILE tells its fields at its head. The news is ingested as `demo` does it; with
// --words, or without weights in ../shared/models, words alone search. An existing DIR is used again.
//
// Resolved right = of all names that the questions hold (optional ones left out) and all time windows, those that
// were resolved, with every name and window too many counted as one more that is wrong.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { CONFIG_FOLDER, loadSettings } from '#src/config.js';
import { loadCricketNames } from '#src/cricket.js';
import { composition } from '#src/main.js';
import { startSampleSite } from '#src/ops/sample-site.js';
import { createRetriever } from '#src/rag/retrieve/retrieve.js';
import { createPartsRetriever } from '#src/rag/retrieve/retrieve-parts.js';
import { choicesOf } from '#src/rag/understand/ambiguity.js';
import { keyOf } from '#src/rag/understand/name-tokens.js';
import { createNameFinder } from '#src/rag/understand/names.js';
import { understand } from '#src/rag/understand/understand.js';
import { MODEL, openKit } from './kit.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { words: { type: 'boolean' }, 'data-dir': { type: 'string' }, verbose: { type: 'boolean' } },
});
const [file] = positionals;
const withWords = values.words || !existsSync(MODEL);
const findNames = createNameFinder(loadCricketNames());
const KINDS = { club: 'team', trophy: 'league', side: 'gender', person: 'player' };
/** Kinds of which the questions list none, or not all. */
const UNCOUNTED = new Set(['gender', 'ground', 'place']);
/** What the questions count as one format. */
const FORMATS = { T20I: 'T20', 'day-night Test': 'Test' };

const dataDir = values['data-dir'] ?? mkdtempSync(path.join(tmpdir(), 'cricket-questions-'));
if (!existsSync(path.join(dataDir, 'store.sqlite'))) {
  await ingest(dataDir);
}
const kit = await openKit(dataDir, { words: withWords });
const retrieve = createPartsRetriever(
  createRetriever(
    {
      chunks: kit.chunks,
      lexical: kit.lexical,
      dense: () => (withWords ? undefined : { embedder: kit.embedder, index: kit.index }),
      onDenseFailure: (error) => {
        throw error;
      },
    },
    loadSettings({}).retrieval,
  ),
);

const { defaultNow, questions } = parse(readFileSync(file, 'utf8'));
const rows = [];
for (const question of questions) {
  const now = new Date(question.now ?? defaultNow);
  const query = await understand(question.question, { ...kit, clock: () => now });
  const passages = await retrieve(query);
  rows.push(score(question, query, passages, now));
}
report(rows);
await kit.close();
if (!values['data-dir']) {
  rmSync(dataDir, { recursive: true });
}

async function ingest(folder) {
  const site = await startSampleSite({ folder: path.join(CONFIG_FOLDER, 'sample-news'), port: 0 });
  const settings = loadSettings({
    dataDir: folder,
    allowHosts: [new URL(site.url).host],
    embeddingModel: withWords ? 'none' : MODEL,
  });
  const exact = { ...settings, chroma: { ...settings.chroma, mode: 'exact' } };
  const app = await composition.openApp(exact);
  const work = { signal: new AbortController().signal, onProgress: () => {} };
  await app.ingestFeeds(site.feeds, work);
  await app.catchUp(work);
  await app.close();
  await site.close();
}

function score(question, query, passages, now) {
  const ranked = [...new Set(passages.map(({ url }) => new URL(url).pathname.split('/').at(-1)))];
  const top = new Set(ranked.slice(0, 4).map((slug) => slug.replace(/\.html$/, '')));
  const names = namesOf(question, query);
  return {
    question,
    query,
    ranked,
    ...names,
    time: timeOf(question, query, now),
    latest: (query.latest === 'said' || query.answerType === 'news') === Boolean(question.latest),
    choices: choicesOf(query, passages),
    parts: query.parts.length > 0 === Boolean(question.parts),
    hit: question.gold.some((slug) => top.has(slug)),
    allParts: (question.goldByPart ?? [question.gold]).every((gold) => gold.some((slug) => top.has(slug))),
  };
}

function namesOf({ entities }, query) {
  const found = query.entities.map(({ kind, name }) => ({
    kind: KINDS[kind] ?? kind,
    name: FORMATS[name] ?? name,
  }));
  const isSame = (a, b) => a.kind === b.kind && canonical(a) === canonical(b);
  const needed = entities.filter(({ optional }) => !optional);
  return {
    needed: needed.length,
    missing: needed.filter((each) => !found.some((other) => isSame(each, other))),
    // A city may be read as its ground.
    extra: found.filter(
      (each) => !entities.some((other) => isSame(each, other)) && !UNCOUNTED.has(each.kind),
    ),
    // A side that a name implies (a women's league, "Men in Blue") may be told or not.
    extraSide: query.entities.filter(
      ({ kind, name, said }) =>
        kind === 'side' &&
        !entities.some((other) => other.kind === 'gender' && other.name === name) &&
        !query.entities.some((other) => other.kind !== 'side' && other.said === said),
    ),
  };
}

function canonical({ kind, name }) {
  const [found] = kind === 'player' ? [] : findNames(name);
  return keyOf(found?.name ?? name);
}

/** Undefined = no time to resolve, and none was. */
function timeOf({ time }, { windows }, now) {
  if (!time) {
    return windows.length > 0 ? false : undefined;
  }
  const day = (moment) => new Date(moment).toISOString().slice(0, 10);
  const from = new Date(time.from);
  const to = new Date(time.to);
  const overlaps = windows.some((window) => new Date(window.from) < to && new Date(window.to) > from);
  if (time.loose) {
    return windows.length === 0 || overlaps;
  }
  return windows.some((window) => {
    const end =
      new Date(window.to) < to && to > now ? day(now) <= day(window.to) : day(window.to) === day(to);
    return day(window.from) === day(from) && end;
  });
}

function report(all) {
  const sum = (of) => all.reduce((total, row) => total + of(row), 0);
  const share = (part, whole) => `${part}/${whole} = ${(part / Math.max(1, whole)).toFixed(3)}`;
  const needed = sum((row) => row.needed);
  const resolved = needed - sum((row) => row.missing.length);
  const extra = sum((row) => row.extra.length + row.extraSide.length);
  const timed = all.filter(({ time }) => time !== undefined);
  const timely = timed.filter(({ time }) => time).length;
  const whole = all.filter(
    (row) => row.missing.length + row.extra.length + row.extraSide.length === 0 && row.time !== false,
  );
  const twofold = all.filter(({ question }) => question.parts);
  console.log(`${all.length} questions, ${withWords ? 'words alone' : 'hybrid'}`);
  console.log(`names resolved          ${share(resolved, needed)}; too many: ${extra}`);
  console.log(`time resolved           ${share(timely, timed.length)}`);
  console.log(`names and time right    ${share(resolved + timely, needed + extra + timed.length)}`);
  console.log(`questions wholly right  ${share(whole.length, all.length)}`);
  console.log(
    `newest wanted, or not   ${share(
      sum((row) => Number(row.latest)),
      all.length,
    )}`,
  );
  console.log(
    `Hits@4                  ${share(
      sum((row) => Number(row.hit)),
      all.length,
    )}`,
  );
  console.log(
    `Hits@4 of every part    ${share(twofold.filter((row) => row.allParts).length, twofold.length)}`,
  );
  console.log(
    `parts told, or none     ${share(
      sum((row) => Number(row.parts)),
      all.length,
    )}`,
  );
  console.log(
    `asked back instead      ${share(
      sum(({ choices }) => Number(choices.length > 0)),
      all.length,
    )}`,
  );
  for (const row of all) {
    const { extra: more, extraSide, missing, question, query } = row;
    const faults = [
      ...missing.map(({ kind, name }) => `missing ${kind} ${name}`),
      ...[...more, ...extraSide].map(({ kind, name }) => `extra ${kind} ${name}`),
      row.time === false
        ? `time ${JSON.stringify(question.time)} read as ${JSON.stringify(query.windows)}`
        : '',
      row.choices.length > 0 ? `asked back: ${row.choices.join(', ')}` : '',
      row.latest ? '' : `latest ${query.latest}`,
      row.parts ? '' : `parts ${JSON.stringify(query.parts.map(({ text }) => text))}`,
      row.hit
        ? ''
        : `NO HIT ${question.gold[0]}: ${row.ranked.slice(0, 4).join(' ')} (terms ${query.terms.join(' ')})`,
    ].filter(Boolean);
    if (faults.length > 0) {
      console.log(`${question.id} ${question.question}\n    ${faults.join('\n    ')}`);
    }
  }
}
