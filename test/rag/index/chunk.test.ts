import { expect, it } from 'vitest';
import { splitSentences } from '#src/rag/evidence/sentences.js';
import { createChunker } from '#src/rag/index/chunk.js';
import { chunkDocument, chunkingName } from '#src/rag/index/chunking.js';
import { anArticle } from '../../helpers/builders.js';

const SENTENCES = { style: 'sentences', size: 200, overlap: 60 } as const;
const text = Array.from({ length: 30 }, (_, i) => `Over ${i} went for ${i} runs at the Harbour end.`).join(
  ' ',
);

it('keeps sentences whole and chunks within the size', async () => {
  const sentences = new Set(splitSentences(text).map((sentence) => sentence.trim()));

  const chunks = await createChunker(SENTENCES)(anArticle({ text }));

  expect(chunks.length).toBeGreaterThan(5);
  for (const chunk of chunks) {
    expect(chunk.text.length).toBeLessThanOrEqual(200);
    expect(splitSentences(chunk.text).every((sentence) => sentences.has(sentence.trim()))).toBe(true);
  }
});

it('loses no sentence and repeats the last one in the next chunk', async () => {
  const chunks = await createChunker(SENTENCES)(anArticle({ text }));

  for (const sentence of splitSentences(text)) {
    expect(chunks.some((chunk) => chunk.text.includes(sentence.trim()))).toBe(true);
  }
  for (const [i, chunk] of chunks.slice(1).entries()) {
    const repeated = splitSentences(chunk.text)[0]?.trim() ?? 'nothing';
    expect(chunks[i]?.text.endsWith(repeated)).toBe(true);
  }
});

it('repeats nothing without overlap', async () => {
  const chunks = await createChunker({ ...SENTENCES, overlap: 0 })(anArticle({ text }));

  expect(chunks.map((chunk) => chunk.text).join(' ')).toBe(text);
});

it('cuts a sentence that is longer than a chunk between words', async () => {
  const long = `${'googly '.repeat(100).trim()}.`;

  const chunks = await createChunker(SENTENCES)(anArticle({ text: long }));

  expect(chunks.every((chunk) => chunk.text.length <= 200 && /^(googly ?)+\.?$/.test(chunk.text))).toBe(true);
  expect(
    chunks
      .map((chunk) => chunk.text)
      .join(' ')
      .match(/googly/g),
  ).toHaveLength(100);
});

it('puts headline, publisher and day before each chunk', async () => {
  const article = anArticle({ text, title: 'Rain again', publishedAt: '2023-12-19T23:30:00.000Z' });

  const chunks = await createChunker(SENTENCES)(article);

  expect(new Set(chunks.map((chunk) => chunk.header))).toEqual(
    new Set(['Rain again. Example Cricket, 19 December 2023.']),
  );
  expect(chunkDocument({ header: 'Rain again.', text: 'It fell.' })).toBe('Rain again.\nIt fell.');
});

it('adds no second stop to a headline that has one', async () => {
  const [chunk] = await createChunker(SENTENCES)(anArticle({ title: 'Who can stop Harbour?' }));

  expect(chunk?.header).toBe('Who can stop Harbour? Example Cricket, 19 December 2023.');
});

it('names a chunk by article, place and content', async () => {
  const chunk = createChunker(SENTENCES);
  const article = anArticle({ text });

  const first = await chunk(article);
  const again = await chunk(article);
  const retitled = await chunk({ ...article, title: 'Another headline' });
  const extended = await chunk({ ...article, text: `${text} Rain fell at the end of it all.` });

  expect(first[0]?.id).toMatch(new RegExp(`^${article.id}:0:[0-9a-f]{8}$`));
  expect(first.map((c) => c.ordinal)).toEqual(first.map((_, i) => i));
  expect(again).toEqual(first);
  expect(retitled[0]?.id).not.toBe(first[0]?.id);
  expect(extended[0]?.id).toBe(first[0]?.id);
  expect(extended.at(-1)?.id).not.toBe(first.at(-1)?.id);
});

it('cuts as the reference recipe does: windows without a header', async () => {
  const chunks = await createChunker({ style: 'reference', size: 100, overlap: 0 })(anArticle({ text }));

  expect(chunks.every((chunk) => chunk.header === '' && chunk.text.length <= 100)).toBe(true);
  expect(chunkDocument({ header: '', text: 'It fell.' })).toBe('It fell.');
  expect(chunks.map((chunk) => chunk.text).join(' ')).toBe(text);
});

it('gives no chunk for an article without text', async () => {
  expect(await createChunker(SENTENCES)(anArticle({ text: '' }))).toEqual([]);
});

it('names each way of chunking differently', () => {
  expect(chunkingName(SENTENCES)).toBe('sentences-200-60');
  expect(chunkingName({ ...SENTENCES, style: 'reference' })).toBe('reference-200-60');
});
