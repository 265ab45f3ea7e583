import { expect, it } from 'vitest';
import type { Evidence } from '#src/rag/evidence/evidence.js';
import {
  createExtractiveGenerator,
  type GenerateRequest,
  withoutMarkers,
} from '#src/rag/generate/generate.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

const signal = new AbortController().signal;
const first = aPassage({ articleId: 'a' });
const second = aPassage({ articleId: 'b' });

async function quoted(sentences: Evidence['sentences'], again?: GenerateRequest['again']) {
  const sources = [first, second].map((passage) => ({ passage, context: passage.text }));
  const request = {
    question: '',
    query: aQuery({}),
    sources,
    evidence: { sentences, confidence: 1 },
    earlier: [],
    again,
  };
  let text = '';
  const onText = (piece: string) => {
    text += piece;
  };
  await createExtractiveGenerator().generate(request, { signal, onText });
  return text;
}

it('quotes the sentences of the evidence, each with the number of its passage', async () => {
  const text = await quoted([
    { text: 'It rained.', passage: second },
    { text: 'Quill made 71.', passage: first },
  ]);

  expect(text).toBe('It rained. [2]\nQuill made 71. [1]\n');
});

it('goes on after a sentence that was rejected', async () => {
  const sentences = [
    { text: 'It rained.', passage: second },
    { text: 'Quill made 71.', passage: first },
  ];

  expect(await quoted(sentences, { written: '', rejected: 'It rained. [2]' })).toBe('Quill made 71. [1]\n');
});

it('takes footnote numbers of an article for no markers', () => {
  expect(withoutMarkers('Quill[3] made 71 [1, 2] and was [sic] caught.')).toBe(
    'Quill made 71 and was [sic] caught.',
  );
});
