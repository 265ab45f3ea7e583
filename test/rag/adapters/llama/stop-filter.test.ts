import { expect, it } from 'vitest';
import { createStopFilter } from '#src/rag/adapters/llama/stop-filter.js';

function filtered(pieces: string[], stops: string[]) {
  const filter = createStopFilter(stops);
  let text = '';
  for (const piece of pieces) {
    const step = filter.push(piece);
    text += step.text;
    if (step.isStopped) {
      return { text, isStopped: true };
    }
  }
  return { text: text + filter.end(), isStopped: false };
}

it.each([
  [['Kent won.', '[INST]', ' more'], { text: 'Kent won.', isStopped: true }],
  [[...'Kent won.[INST] more'], { text: 'Kent won.', isStopped: true }],
  [['Kent won [', '1].'], { text: 'Kent won [1].', isStopped: false }],
  [['Kent won [IN'], { text: 'Kent won [IN', isStopped: false }],
  [['a <|im_', 'end|>b [INST]'], { text: 'a ', isStopped: true }],
])('reads %j', (pieces, expected) => {
  expect(filtered(pieces, ['[INST]', '<|im_end|>'])).toEqual(expected);
});

it('hands on at once what can begin no stop text', () => {
  expect(createStopFilter(['[INST]']).push('Kent won')).toEqual({ text: 'Kent won', isStopped: false });
});

it('does nothing without stop texts', () => {
  expect(createStopFilter([]).push('[INST]')).toEqual({ text: '[INST]', isStopped: false });
});
