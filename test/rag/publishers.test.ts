import { expect, it } from 'vitest';
import { createPublisherFinder, findPublishers } from '#src/rag/publishers.js';

const KNOWN = ['The Example', 'Business Line | Sport', 'Sport', 'Fortune', 'BBC Sport'];

it.each([
  ['What did The Example report on Lyon?', ['The Example']],
  ['does the Example article agree with BBC Sport', ['The Example', 'BBC Sport']],
  ['what is in Business Line about the auction', ['Business Line | Sport']],
  ['who won, according to the example?', ['The Example']],
  ['what is an example of a googly', []],
  ['Sport in London', []],
  ['what a fortune for Starc', []],
  ['Examples of reverse swing', []],
])('%j names %j', (text, expected) => {
  expect(findPublishers(text, KNOWN)).toEqual(expected);
});

it('reads the publishers anew only when the index has changed', async () => {
  let revision = 1;
  let reads = 0;
  const find = createPublisherFinder({
    latestRevision: async () => revision,
    publishers: async () => {
      reads += 1;
      return revision === 1 ? [] : ['Fortune'];
    },
  });

  await find('Fortune');
  expect(await find('Fortune')).toEqual([]);
  expect(reads).toBe(1);
  revision = 2;
  expect(await find('Fortune')).toEqual(['Fortune']);
});
