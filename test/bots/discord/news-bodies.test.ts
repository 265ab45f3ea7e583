import { expect, it } from 'vitest';
import { newsBodies } from '#src/bots/discord/news-bodies.js';
import type { Answer } from '#src/domain.js';
import { citationOf } from '../../helpers/scripted-ask.js';

/** What Discord counts: all texts of all components. */
function characters(value: unknown): number {
  if (value === null || typeof value !== 'object') {
    return 0;
  }
  const own = 'content' in value && typeof value.content === 'string' ? value.content.length : 0;
  return own + Object.values(value).reduce((sum: number, one) => sum + characters(one), 0);
}

it('keeps below the 4,000 characters of a message, however long the question is', () => {
  const answer: Answer = {
    text: 'Ten words stand in this line about one small club. '.repeat(200),
    citations: [citationOf('the club')],
    ...{
      retrieved: [],
      abstained: false,
      publishersAgree: 0,
      warnings: [],
      dropped: 0,
      generator: 'scripted',
    },
  };

  const bodies = newsBodies('*who* won_ '.repeat(80), answer, new Date());

  expect(bodies.length).toBeGreaterThan(1);
  for (const { components } of bodies) {
    expect(characters(components)).toBeLessThanOrEqual(4_000);
  }
});
