import { describe, expect, it } from 'vitest';
import { loadCricketNames } from '#src/cricket.js';
import { createPremiseCheck } from '#src/rag/answer/premise.js';
import { createReader } from '#src/rag/ground/check.js';
import { createNameReader } from '#src/rag/ground/names.js';
import { aPassage } from '../../helpers/builders.js';

const read = createReader(createNameReader(loadCricketNames()));
const premiseOf = createPremiseCheck(read, () => new Date('2023-12-19T15:05:00Z'));
/** Written on a Sunday. */
const told = (text: string, title = '') => [
  { text, passage: aPassage({ text, title, publishedAt: '2023-12-17T10:00:00.000Z' }) },
];

describe('a premise', () => {
  it.each([
    ['Did Lyon take his 500th wicket in Sydney?', 'Nathan Lyon took his 500th Test wicket in Perth.'],
    ['Why did Lyon take his 400th wicket in Perth?', 'Nathan Lyon took his 500th wicket in Perth.'],
    ['Did Lyon take his 500th wicket on Friday?', 'Nathan Lyon took his 500th wicket in Perth on Sunday.'],
    [
      'Was Starc bought by KKR for 20.5 crore?',
      'Kolkata Knight Riders bought Mitchell Starc for 24.75 crore.',
    ],
    ['Did Pakistan beat Australia in the Test?', 'Australia beat Pakistan by 360 runs in the first Test.'],
    ['Why did Australia win the Test by 300 runs?', 'Australia won the Test by 360 runs.'],
  ])('is contradicted: %s', (question, text) => {
    expect(premiseOf(question, told(text))?.text).toBe(text);
  });

  it.each([
    // Borne out, or nothing is claimed.
    ['Did Lyon take his 500th wicket in Perth?', 'Nathan Lyon took his 500th Test wicket in Perth.'],
    ['Did Lyon take his 500th wicket on Sunday?', 'Nathan Lyon took his 500th wicket in Perth on Sunday.'],
    ['Where did Lyon take his 500th wicket?', 'Nathan Lyon took his 500th Test wicket in Perth.'],
    ['Who took a 500th wicket in Sydney?', 'Nathan Lyon took his 500th Test wicket in Perth.'],
    ['Did Australia beat Pakistan in the Test?', 'Australia beat Pakistan by 360 runs in the first Test.'],
    // Perhaps another event.
    ['Did Warner make a hundred in Sydney?', 'Warner made a hundred in Perth.'],
    ['Did Lyon take a wicket in Sydney?', 'Nathan Lyon took his 500th Test wicket in Perth.'],
    ['Did Lyon bowl well in Sydney?', 'Nathan Lyon took his 500th Test wicket in Perth.'],
    ['Did Pakistan ever beat Australia?', 'Australia beat Pakistan by 360 runs in the first Test.'],
    // Somebody else, or more than one thing is other.
    ['Did Ashwin take his 500th wicket in Rajkot?', 'Nathan Lyon took his 500th Test wicket in Perth.'],
    ['Did Lyon take his 400th wicket in Sydney?', 'Nathan Lyon took his 500th wicket in Perth.'],
    [
      'Did Sunrisers Hyderabad buy Cummins for 24.75 crore?',
      'At Hyderabad, Cummins meets Travis Head, who was bought for 6.8 crore.',
    ],
    ['Did Lyon not take his 500th wicket in Sydney?', 'Nathan Lyon took his 500th Test wicket in Perth.'],
  ])('is left alone: %s', (question, text) => {
    expect(premiseOf(question, told(text))).toBeUndefined();
  });

  it('is looked for in all sentences, and named by the headline', () => {
    const sentences = [
      ...told('It rained.'),
      ...told('Lyon took his 500th wicket in Perth.', 'Australia win, Lyon reaches 500'),
    ];

    expect(premiseOf('Did Lyon take his 500th wicket for Australia in Sydney?', sentences)?.text).toBe(
      'Lyon took his 500th wicket in Perth.',
    );
  });
});
