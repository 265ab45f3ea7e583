import { expect, it } from 'vitest';
import { fuse } from '#src/rag/retrieve/fuse.js';

it('scales each list to 0..1 and adds by weight', () => {
  const words = [
    { id: 'a', score: 12 },
    { id: 'b', score: 7 },
    { id: 'c', score: 2 },
  ];
  const meaning = [
    { id: 'b', score: 0.9 },
    { id: 'd', score: 0.4 },
  ];

  const fused = fuse([
    { hits: words, weight: 0.7 },
    { hits: meaning, weight: 0.3 },
  ]);

  expect(fused.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  expect(fused[0]?.score).toBeCloseTo(0.7);
  expect(fused[1]?.score).toBeCloseTo(0.7 * 0.5 + 0.3);
  expect(fused[2]?.score).toBe(0);
});

it('lets one list alone use the whole scale', () => {
  const fused = fuse([
    {
      hits: [
        { id: 'a', score: 3 },
        { id: 'b', score: 1 },
      ],
      weight: 0.7,
    },
    { hits: [], weight: 0.3 },
  ]);

  expect(fused).toEqual([
    { id: 'a', score: 1 },
    { id: 'b', score: 0 },
  ]);
});

it('gives equal hits the full score, in the order of their ids', () => {
  const hits = ['c', 'a', 'b'].map((id) => ({ id, score: 5 }));

  expect(fuse([{ hits, weight: 1 }])).toEqual([
    { id: 'a', score: 1 },
    { id: 'b', score: 1 },
    { id: 'c', score: 1 },
  ]);
});

it('handles negative scores, as cosines may be', () => {
  const hits = [
    { id: 'a', score: -0.1 },
    { id: 'b', score: -0.9 },
  ];

  expect(fuse([{ hits, weight: 0.5 }])).toEqual([
    { id: 'a', score: 1 },
    { id: 'b', score: 0 },
  ]);
});

it('gives nothing for empty lists', () => {
  expect(
    fuse([
      { hits: [], weight: 0.5 },
      { hits: [], weight: 0.5 },
    ]),
  ).toEqual([]);
});
