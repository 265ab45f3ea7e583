import { expect, it } from 'vitest';
import { createPublisherFinder, findPublishers } from '#src/rag/understand/publishers.js';

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

it('is done in no time with ten thousand publishers, whatever they call themselves', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `Gazette ${i} (?:.*`);
  let patterns = 0;
  const text = new Proxy(new String('who won at the Gabba, says Gazette 7 (?:.*'), {
    get(target, key) {
      const value = Reflect.get(target, key);
      patterns += key === 'toString' || key === Symbol.toPrimitive ? 1 : 0;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

  expect(findPublishers(text as string, [...many, 'The', '***'])).toEqual(['Gazette 7 (?:.*']);
  // Each pattern that is tried reads the text once.
  expect(patterns).toBeLessThan(10);
});
