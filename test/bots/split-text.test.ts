import { describe, expect, it } from 'vitest';
import { bytesOf, splitText, splitWithTail } from '#src/bots/split-text.js';

const words = (count: number, word = 'word') => Array.from({ length: count }, () => word).join(' ');

it('leaves a text that fits as it is', () => {
  expect(splitText('One. Two.', { limit: 9 })).toEqual(['One. Two.']);
  expect(splitText('', { limit: 9 })).toEqual([]);
});

it('cuts between paragraphs before lines, lines before sentences, sentences before words', () => {
  const paragraphs = `${words(8)}.\n\n${words(8)}.\nA line of it.`;

  expect(splitText(paragraphs, { limit: 60 })).toEqual([`${words(8)}.`, `${words(8)}.\nA line of it.`]);
  expect(splitText(`${words(8)}.\nNext line. More of it`, { limit: 60 })).toEqual([
    `${words(8)}.`,
    'Next line. More of it',
  ]);
  expect(splitText(`${words(8)}. ${words(8)}.`, { limit: 60 })).toEqual([`${words(8)}.`, `${words(8)}.`]);
  expect(splitText(words(20), { limit: 24 })).toEqual(Array.from({ length: 4 }, () => words(5)));
});

it.each([
  ['a link of Slack', '<https://news.example/a-long-address|Starc sold for a record>'],
  ['a link of Markdown', '[Starc_sold](https://news.example/a-long-address-of-it)'],
  ['an address', 'https://news.example/a-long-address-of-an-article-of-it'],
  ['a code fence', '```\nKohli  82\nRahul  66\n\nextras 4\n```'],
])('never cuts %s', (_, atom) => {
  for (let before = 0; before < 80; before += 1) {
    const text = `${'x'.repeat(before)}\n${atom} ${words(12)}`;
    const pieces = splitText(text, { limit: 64 });
    expect(pieces.filter((piece) => piece.includes(atom))).toHaveLength(1);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(64);
  }
});

it('goes on with a fence that is larger than a piece in a fence of its own', () => {
  const lines = Array.from({ length: 12 }, (_, i) => `over ${i}: 1 . 4 .`);
  const pieces = splitText(`Before.\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n\nAfter.`, { limit: 80 });

  expect(pieces.every((piece) => piece.length <= 80)).toBe(true);
  expect(pieces.every((piece) => (piece.match(/```/g) ?? []).length % 2 === 0)).toBe(true);
  expect(lines.filter((line) => !pieces.some((piece) => piece.includes(line)))).toEqual([]);
});

it('counts what the platform counts, and cuts no character', () => {
  const text = words(40, 'ঢাকা');

  const pieces = splitText(text, { limit: 100, measure: bytesOf });

  expect(pieces.every((piece) => bytesOf(piece) <= 100)).toBe(true);
  expect(pieces.join(' ')).toBe(text);
  expect(splitText('👨‍👩‍👧'.repeat(9), { limit: 40, measure: bytesOf }).join('')).toBe('👨‍👩‍👧'.repeat(9));
});

describe('with sources', () => {
  const sources = '[1] Starc · The Example\n[2] Cummins · Sample Sport';

  it('keeps them below the text, or whole in a piece of their own', () => {
    expect(splitWithTail('Short.', sources, { limit: 80 })).toEqual([`Short.\n\n${sources}`]);
    expect(splitWithTail(words(12), sources, { limit: 80 })).toEqual([words(12), sources]);
    expect(splitWithTail('Short.', '', { limit: 80 })).toEqual(['Short.']);
  });

  it('cuts them between lines when there is no other way', () => {
    expect(splitWithTail('Short.', sources, { limit: 30 })).toEqual(['Short.', ...sources.split('\n')]);
  });
});

it('loses and doubles nothing, whatever the text and the limit', () => {
  const parts = [
    'word ',
    'longer-word ',
    '<https://a.example/b|c d> ',
    '\n\n',
    '\n',
    'End. ',
    '[1](https://a.example) ',
    '<',
    '[',
    '',
  ];
  let state = 7;
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  for (let round = 0; round < 500; round += 1) {
    const text = Array.from({ length: 60 }, () => parts[random(parts.length)]).join('');
    const limit = 30 + random(60);
    const pieces = splitText(text, { limit });
    expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    expect(Math.max(0, ...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(limit);
  }
});
