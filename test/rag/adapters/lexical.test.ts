import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLexicalIndex } from '#src/rag/adapters/lexical.js';
import { aChunk } from '../../helpers/builders.js';
import { tempFolder } from '../../helpers/temp-folder.js';

async function anIndex(file = path.join(tempFolder(), 'lexical.sqlite'), options = {}) {
  const index = await openLexicalIndex(file, '', options);
  onTestFinished(() => index.close());
  return index;
}

const chunk = (id: string, text: string, header = '') => aChunk({ id, articleId: id, text, header });
const CHUNKS = [
  chunk('spin', 'The spinners bowled and bowled at Quayside.'),
  chunk(
    'final',
    'Harbour won the final. Spin decided it.',
    'Harbour win. Example Cricket, 19 December 2023.',
  ),
  chunk('coach', 'Valley have a new coach, Jiří Čech.'),
];

it('finds chunks by stems of their words and headers, best first', async () => {
  const index = await anIndex();
  await index.apply({ puts: CHUNKS, drops: [], revision: 3 });

  const ids = async (...terms: string[]) => (await index.match(terms, 10)).map(({ id }) => id);

  expect(await ids('bowling')).toEqual(['spin']);
  expect(await ids('december')).toEqual(['final']);
  expect(await ids('cech')).toEqual(['coach']);
  expect(await ids('quayside', 'bowler', 'bowled', 'spin')).toEqual(['spin', 'final']);
  expect(await ids('zugzwang')).toEqual([]);
  expect((await index.match(['spin', 'bowled'], 10)).map(({ score }) => score > 0)).toEqual([true, true]);
  expect(await index.match(['spin', 'coach', 'final'], 2)).toHaveLength(2);
});

it('replaces a chunk of the same id, drops chunks, and remembers the revision', async () => {
  const file = path.join(tempFolder(), 'lexical.sqlite');
  const index = await anIndex(file);
  await index.apply({ puts: CHUNKS, drops: [], revision: 3 });
  const change = { puts: [chunk('coach', 'Valley have no coach.')], drops: ['spin', 'unknown'], revision: 5 };

  await index.apply(change);
  await index.apply(change);

  expect([await index.count(), await index.revision()]).toEqual([2, 5]);
  expect(await index.match(['cech', 'bowled'], 10)).toEqual([]);
  await index.close();
  const reopened = await anIndex(file);
  expect([await reopened.count(), await reopened.revision()]).toEqual([2, 5]);
  expect((await reopened.match(['final'], 10)).map(({ id }) => id)).toEqual(['final']);
});

it.each([
  ['"', []],
  ['""" OR *', []],
  ['a" OR "b', []],
  ['NEAR(a b)', []],
  ['header : december', []],
  ['NOT', []],
  ['*', []],
  ['(', []],
  ["'; drop table words; --", []],
  ['', []],
  ['🏏', []],
  ["don't", []],
  // Words are words, whatever they mean to FTS5.
  ['AND', ['spin']],
  ['^decided', ['final']],
  ['decid*', ['final']],
  ['-decided', ['final']],
])('reads %j as words, never as an operator', async (term, found) => {
  const index = await anIndex();
  await index.apply({ puts: CHUNKS, drops: [], revision: 3 });

  const hits = await index.match([term, 'coach'], 10);

  expect(hits.map(({ id }) => id).sort()).toEqual(['coach', ...found]);
  expect((await index.frequencies([term])).counts).toEqual([found.length]);
  expect(await index.closest([term])).toHaveLength(1);
  expect(await index.count()).toBe(3);
});

it('counts in how many chunks each term occurs', async () => {
  const index = await anIndex();
  await index.apply({ puts: CHUNKS, drops: [], revision: 3 });

  expect(await index.frequencies(['spin', 'coaches', 'zugzwang'])).toEqual({ total: 3, counts: [1, 1, 0] });
  expect(await index.frequencies([])).toEqual({ total: 3, counts: [] });
});

it('repairs a misspelt word from its own words', async () => {
  const index = await anIndex();
  await index.apply({ puts: CHUNKS, drops: [], revision: 3 });

  expect(await index.closest(['harbuor', 'chech', 'quaysidee', 'zugzwang'])).toEqual([
    'harbour',
    'cech',
    'quayside',
    undefined,
  ]);
});

it('finds names by their sound and by what stands beside them', async () => {
  const index = await anIndex();
  const text = 'India lost Shreyas Iyer early. Then Marnus Labuschagne and Layer Cake came, said Sam Ayers.';
  await index.apply({ puts: [chunk('a', text)], drops: [], revision: 1 });

  expect(await index.closest(['shreyash', 'ayer'])).toEqual(['shreyas', 'iyer']);
  expect(await index.closest(['ayer'], ['shreyas'])).toEqual(['iyer']);
  expect(await index.closest(['labushagne'])).toEqual(['labuschagne']);
});

it('tells which names hold a word, and forgets them with their chunks', async () => {
  const index = await anIndex();
  const puts = [chunk('a', 'It was Ann Marsh who won.'), chunk('b', 'Ann Marsh, then Bo Marsh.')];
  await index.apply({ puts, drops: [], revision: 2 });

  expect(await index.namesWith(['marsh', 'won'])).toEqual([
    {
      names: [
        { name: 'Ann Marsh', count: 2 },
        { name: 'Bo Marsh', count: 1 },
      ],
      count: 3,
    },
    { names: [], count: 0 },
  ]);

  await index.apply({ puts: [], drops: ['b'], revision: 3 });
  expect(await index.namesWith(['bo'])).toEqual([{ names: [], count: 0 }]);
  await index.apply({ puts: [], drops: ['a'], revision: 4 });
  expect(await index.namesWith(['marsh'])).toEqual([{ names: [], count: 0 }]);
});

it('finds a chunk by what it is called beside its own words', async () => {
  const index = await anIndex();
  await index.apply({
    puts: [{ ...chunk('a', 'Windies won'), also: 'west indies' }],
    drops: [],
    revision: 1,
  });

  expect((await index.match(['indies'], 10)).map(({ id }) => id)).toEqual(['a']);
});

it('makes a file anew that was filled under other names', async () => {
  const file = path.join(tempFolder(), 'lexical.sqlite');
  const before = await openLexicalIndex(file, 'one');
  await before.apply({ puts: CHUNKS, drops: [], revision: 3 });
  await before.close();

  const same = await openLexicalIndex(file, 'one');
  expect(await same.count()).toBe(3);
  await same.close();
  const other = await openLexicalIndex(file, 'two');
  expect([await other.count(), await other.revision()]).toEqual([0, 0]);
  await other.close();
});

it('repairs no word to one that is gone, and still after it is opened again', async () => {
  const file = path.join(tempFolder(), 'lexical.sqlite');
  const index = await anIndex(file);
  await index.apply({ puts: CHUNKS, drops: [], revision: 3 });
  await index.apply({
    puts: [chunk('tea', 'Tea was taken early by the riverside.')],
    drops: ['final'],
    revision: 5,
  });
  await index.close();

  const reopened = await anIndex(file);

  expect(await reopened.closest(['harbuor', 'rivreside'])).toEqual([undefined, 'riversid']);
});

it('weighs the rarest words first in a large index, and all words for what they find', async () => {
  const puts = Array.from({ length: 300 }, (_, i) =>
    chunk(`c${String(i).padStart(3, '0')}`, `cricket ${i % 3 === 0 ? 'england' : 'wales'} word${i}`),
  );
  const both = chunk('both', 'Quill bowled in cricket for England.');
  const one = chunk('one', 'Quill bowled and bowled elsewhere in another match.');
  const small = await anIndex(undefined, { mostScored: 50 });
  const large = await anIndex();
  for (const index of [small, large]) {
    await index.apply({ puts: [...puts, one, both], drops: [], revision: 302 });
  }
  const terms = ['england', 'cricket', 'quill', 'zugzwang'];

  const few = await small.match(terms, 5);

  expect(few.map(({ id }) => id)).toEqual(['both', 'one']);
  expect(few).toEqual((await large.match(terms, 5)).slice(0, 2));
});

it('looks for a word that is everywhere among the newest chunks', async () => {
  const puts = Array.from({ length: 300 }, (_, i) => chunk(`c${String(i).padStart(3, '0')}`, 'cricket'));
  const index = await anIndex(undefined, { mostScored: 50 });
  await index.apply({ puts, drops: [], revision: 300 });

  const hits = await index.match(['cricket'], 10);

  expect(hits).toHaveLength(10);
  expect(hits.every(({ id }) => id >= 'c250')).toBe(true);
});

it('leaves the commonest words out of the weighing when their lists are long', async () => {
  const puts = Array.from({ length: 300 }, (_, i) =>
    chunk(`c${String(i).padStart(3, '0')}`, `cricket ${i % 3 === 0 ? 'england' : 'wales'}`),
  );
  const index = await anIndex(undefined, { mostScored: 50, mostWalked: 150 });
  const both = chunk('both', 'Quill in cricket, England.');
  await index.apply({
    puts: [...puts, both, chunk('one', 'Quill bowled and stayed elsewhere.')],
    drops: [],
    revision: 302,
  });

  const hits = await index.match(['england', 'cricket', 'quill'], 5);

  expect(hits.map(({ id }) => id)).toEqual(['both', 'one']);
  expect(hits).toEqual(await index.match(['england', 'quill'], 5));
});

it('counts a word that is everywhere anew only when the index has grown by a hundredth', async () => {
  const index = await anIndex();
  const add = (name: string, size: number, revision: number) =>
    index.apply({
      puts: Array.from({ length: size }, (_, i) => chunk(`${name}${i}`, 'cricket')),
      drops: [],
      revision,
    });
  const count = async () => (await index.frequencies(['cricket'])).counts[0];

  await add('a', 5001, 1);
  const first = await count();
  await add('b', 10, 2);
  const held = await count();
  await add('c', 100, 3);

  expect([first, held, await count()]).toEqual([5001, 5001, 5111]);
});

it('counts anew after a change, also by another process', async () => {
  const file = path.join(tempFolder(), 'lexical.sqlite');
  const [index, other] = [await anIndex(file), await anIndex(file)];
  await index.apply({ puts: CHUNKS, drops: [], revision: 3 });
  expect((await index.frequencies(['coach'])).counts).toEqual([1]);

  await other.apply({ puts: [chunk('second', 'Another coach.')], drops: [], revision: 4 });

  expect((await index.frequencies(['coach'])).counts).toEqual([2]);
  await index.apply({ puts: [chunk('third', 'A third coach.')], drops: ['second', 'coach'], revision: 7 });
  expect((await index.frequencies(['coach'])).counts).toEqual([1]);
});

it('is emptied once for a takedown, by one of two processes on its file, and leaves no byte of its words', async () => {
  const file = path.join(tempFolder(), 'lexical.sqlite');
  const [one, other] = [await anIndex(file), await anIndex(file)];
  await one.apply({ puts: CHUNKS, drops: [], revision: 3 });
  const bytes = () => readFileSync(file, 'latin1') + readFileSync(`${file}-wal`, 'latin1');
  expect(bytes()).toContain('quaysid');

  await one.erase(2);
  expect(bytes()).not.toContain('quaysid');
  expect([await other.erased(), await other.revision(), await other.count()]).toEqual([2, 0, 0]);
  await one.apply({ puts: CHUNKS.slice(0, 1), drops: [], revision: 1 });
  await other.erase(2);
  // It had read the next changes before.
  await other.apply({ puts: CHUNKS.slice(2), drops: [], after: 2, revision: 3 });

  expect([await other.revision(), await other.match(['coach'], 9)]).toEqual([1, []]);
  expect((await other.match(['quayside'], 9)).map(({ id }) => id)).toEqual(['spin']);
  await one.reset();
  expect([await one.erased(), await one.revision()]).toEqual([2, 0]);
});

it('forgets everything at a reset and can be filled again', async () => {
  const index = await anIndex();
  await index.apply({ puts: CHUNKS, drops: [], revision: 3 });

  await index.reset();

  expect([await index.count(), await index.revision()]).toEqual([0, 0]);
  await index.apply({ puts: CHUNKS.slice(0, 1), drops: [], revision: 1 });
  expect((await index.match(['bowled'], 10)).map(({ id }) => id)).toEqual(['spin']);
});

it('applies a change wholly or not at all', async () => {
  const index = await anIndex();
  const broken = { ...chunk('x', 'x'), text: { no: 'text' } as unknown as string };

  await expect(index.apply({ puts: [...CHUNKS, broken], drops: [], revision: 9 })).rejects.toMatchObject({
    code: 'lexical_unusable',
  });

  expect([await index.count(), await index.revision()]).toEqual([0, 0]);
});

it.each([
  ['no database', () => Buffer.from('Dear diary, '.repeat(1000))],
  ['cut in the middle', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2))],
  ['overwritten from its second page on', (bytes: Buffer) => bytes.fill(0xff, 4096)],
])('makes a file anew that is %s', async (_, damage) => {
  const file = path.join(tempFolder(), 'lexical.sqlite');
  const before = await openLexicalIndex(file);
  const puts = Array.from({ length: 300 }, (_, i) => chunk(`c${i}`, `word${i} `.repeat(20)));
  await before.apply({ puts, drops: [], revision: 300 });
  await before.close();
  writeFileSync(file, damage(readFileSync(file)));

  const index = await anIndex(file);

  expect([await index.count(), await index.revision()]).toEqual([0, 0]);
  await index.apply({ puts: CHUNKS, drops: [], revision: 3 });
  expect(await index.match(['coach'], 10)).toHaveLength(1);
});

it('says in one line which file cannot be used', async () => {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'file'), '');

  await expect(openLexicalIndex(path.join(folder, 'file', 'lexical.sqlite'))).rejects.toMatchObject({
    code: 'lexical_unusable',
    message: expect.stringMatching(/^.*lexical\.sqlite: .+; check the file and run the command again$/),
  });
});
