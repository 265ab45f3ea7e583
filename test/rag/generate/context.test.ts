import { expect, it } from 'vitest';
import { withContext } from '#src/rag/generate/context.js';
import { aChunk, aPassage } from '../../helpers/builders.js';

const middle = aPassage({ ordinal: 1, text: 'He made 71. It rained.' });
const before = aChunk({ ordinal: 0, text: 'Quill came in. He made 71.' });
const after = aChunk({ ordinal: 2, text: 'Play ended early.' });
const around = { neighbours: async () => new Map([[middle.id, { before, after }]]) };

it('gives a passage with what stands around it, shared text once', async () => {
  const [source] = await withContext([middle], around);

  expect(source?.context).toBe('Quill came in. He made 71. It rained.\nPlay ended early.');
  expect(source?.passage).toBe(middle);
});

it('repeats no neighbour that was found itself', async () => {
  const found = aPassage({ ordinal: 0, text: before.text });

  const sources = await withContext([middle, found], around);

  expect(sources.map(({ context }) => context)).toEqual([
    'He made 71. It rained.\nPlay ended early.',
    found.text,
  ]);
});
