import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadSettings } from '#src/config.js';
import { NO_MEANING } from '#src/rag/evidence/meaning.js';
import { type CalibrationDeps, openCalibration } from '#src/rag/open-calibration.js';
import { aChunk, aPassage } from '../helpers/builders.js';
import { tempFolder } from '../helpers/temp-folder.js';

const TEXT = 'The captain of the home team made 71 runs that day for Harbour against Valley.';
const OPTIONS = loadSettings({}).retrieval;

function aCalibration(folder: string, count: number) {
  const asked: string[][] = [];
  const warned: unknown[] = [];
  const chunks = {
    countChunks: async () => count,
    latestRevision: async () => count,
    changesAfter: async (revision: number) => {
      const chunk = aChunk({ articleId: `a${revision}`, text: TEXT });
      return { puts: [chunk], drops: [], revision: revision + 1 };
    },
    passages: async (ids: string[]) =>
      ids.map((id) => aPassage({ id, articleId: id.split(':')[0] ?? '', text: TEXT })),
    publishers: async () => [],
  };
  const lexical = {
    match: async (terms: string[]) => {
      asked.push(terms);
      return [{ id: 'z:0:1', score: 1 }];
    },
    frequencies: async (terms: string[]) => ({ total: count, counts: terms.map(() => 1) }),
    closest: async (words: string[]) => words.map(() => undefined),
    namesWith: async (words: string[]) => words.map(() => ({ count: 0, names: [] })),
  };
  const deps = {
    log: { warn: (...line: unknown[]) => warned.push(line) },
    chunks,
    lexical,
    dense: () => undefined,
    meaning: NO_MEANING,
    understanding: { lexical, findNames: () => [], findPublishers: async () => [], clock: () => new Date(0) },
  } as unknown as CalibrationDeps;
  return { asked, warned, open: () => openCalibration(deps, folder, OPTIONS) };
}

it('calibrates a large index once and remembers it', async () => {
  const folder = tempFolder();
  const { asked, open, warned } = aCalibration(folder, 400);

  const first = await open();
  expect(first.shift()).toBe(0);
  await first.update();
  const questions = asked.length;
  await first.update();
  const again = await open();

  expect(warned).toEqual([]);
  expect(questions).toBeGreaterThan(20);
  expect(asked).toHaveLength(questions);
  expect(first.shift()).not.toBe(0);
  expect(again.shift()).toBe(first.shift());
});

it('calibrates again when the index has grown much', async () => {
  const folder = tempFolder();
  await (await aCalibration(folder, 400).open()).update();
  const grown = aCalibration(folder, 500);
  const alike = aCalibration(folder, 440);

  await (await alike.open()).update();
  await (await grown.open()).update();

  expect(alike.asked).toEqual([]);
  expect(grown.asked.length).toBeGreaterThan(0);
});

it('leaves a small index alone', async () => {
  const folder = tempFolder();
  const { asked, open } = aCalibration(folder, 199);

  await (await open()).update();

  expect(asked).toEqual([]);
  expect(existsSync(path.join(folder, 'calibration.json'))).toBe(false);
});

it('takes the file of a former way of calibrating for none', async () => {
  const folder = tempFolder();
  const former = { chunks: 400, withModel: false, shift: -0.23 };
  writeFileSync(path.join(folder, 'calibration.json'), JSON.stringify(former));
  const { asked, open } = aCalibration(folder, 400);
  const calibration = await open();

  expect(calibration.shift()).toBe(0);
  await calibration.update();
  expect(asked.length).toBeGreaterThan(0);
});

it('takes a damaged file for none', async () => {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'calibration.json'), '{"chunks": "many"');
  const calibration = await aCalibration(folder, 400).open();

  expect(calibration.shift()).toBe(0);
  await calibration.update();

  expect(JSON.parse(readFileSync(path.join(folder, 'calibration.json'), 'utf8'))).toMatchObject({
    chunks: 400,
  });
});
