import { describe, expect, it } from 'vitest';
import { loadCricketNames } from '#src/cricket.js';
import { propositionsOf } from '#src/rag/ground/belonging/propositions.js';
import { createReader } from '#src/rag/ground/check.js';
import { createNameReader } from '#src/rag/ground/names.js';

const read = createReader(createNameReader(loadCricketNames()));

/** Each proposition as "who: what". */
function told(passage: string): string[] {
  const text = read(passage);
  return propositionsOf(text).map(({ next, start, subjects }) => {
    const who = subjects.map(({ words }) => words.at(-1)).join(' and ');
    const words = text.tokens.slice(start, next).map((token) => token.text);
    return `${who}: ${words
      .join(' ')
      .replace(/ ?[.,]/g, '')
      .trim()}`;
  });
}

describe('propositions', () => {
  it.each([
    [
      'Usman Khawaja made 90 and Mitchell Marsh 63.',
      ['khawaja: Usman Khawaja made 90', 'marsh: and Mitchell Marsh 63'],
    ],
    [
      'Glenn Phillips made 40. He had scored 87, and was player of the match.',
      [
        'phillips: Glenn Phillips made 40',
        'phillips: He had scored 87',
        'phillips: and was player of the match',
      ],
    ],
    [
      'Starc and Cummins took three wickets each.',
      ['starc and cummins: Starc and Cummins took three wickets each'],
    ],
    [
      'Weir was caught by Moore, who then took two more.',
      ['weir: Weir was caught by Moore', 'moore: who then took two more'],
    ],
    [
      "Baroda's Atharva Kulkarni was out for 159 while Pathan stayed.",
      ["kulkarni: Baroda's Atharva Kulkarni was out for 159", 'pathan: while Pathan stayed'],
    ],
    [
      'Australia beat Pakistan. They needed only four days.',
      ['australia: Australia beat Pakistan', 'australia: They needed only four days'],
    ],
  ])('of %s', (passage, expected) => {
    expect(told(passage)).toEqual(expected);
  });

  it('knows to whom it is done', () => {
    const [was] = propositionsOf(read('Weir was caught by Moore.'));

    expect(was?.isPassive).toBe(true);
  });
});
