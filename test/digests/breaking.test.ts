import { expect, it } from 'vitest';
import { breakingStories } from '#src/digests/breaking.js';
import type { WindowStory } from '#src/digests/read-window.js';
import { anArticle } from '../helpers/builders.js';
import { aWindowStory } from '../helpers/stories.js';

const NOW = new Date('2023-12-19T12:00:00Z');
const OPTIONS = { publishers: 3, withinMs: 3_600_000 };

const aStory = (reports: Parameters<typeof aWindowStory>[1], parts: Partial<WindowStory> = {}) =>
  aWindowStory(NOW, reports, parts);

it.each([
  ['three publishers within the hour', aStory([{ minutes: 50 }, { minutes: 30 }, { minutes: 5 }]), 1],
  ['two publishers', aStory([{ minutes: 30 }, { minutes: 5 }]), 0],
  ['three over two hours', aStory([{ minutes: 130 }, { minutes: 60 }, { minutes: 5 }]), 0],
  ['three that ran it hours ago', aStory([{ minutes: 250 }, { minutes: 240 }, { minutes: 230 }]), 0],
  [
    'one publisher three times',
    aStory([
      { minutes: 9, publisher: 'a' },
      { minutes: 8, publisher: 'a' },
      { minutes: 7, publisher: 'a' },
    ]),
    0,
  ],
  [
    'two houses, one of them under three names',
    aStory([
      { minutes: 9, publisher: 'Sport', host: 'sport.house.co.uk' },
      { minutes: 8, publisher: 'News', host: 'www.house.co.uk' },
      { minutes: 7, publisher: 'World', host: 'feeds.house.co.uk' },
      { minutes: 6, publisher: 'Other', host: 'other.co.uk' },
    ]),
    0,
  ],
  [
    'a story of yesterday',
    aStory([{ minutes: 50 }, { minutes: 30 }, { minutes: 5 }], { earlier: [anArticle()] }),
    0,
  ],
  ['one that the future holds', aStory([{ minutes: 50 }, { minutes: 30 }, { minutes: -5 }]), 0],
])('%s', (_, story, count) => {
  expect(breakingStories([story], NOW, OPTIONS)).toHaveLength(count);
});

it('counts copies of one report as one publisher', () => {
  const story = aStory([{ minutes: 50 }, { minutes: 30 }, { minutes: 5 }]);
  const [first] = story.reports;
  const copies = [
    { publisher: first?.publisher ?? '', articleIds: ['news-0', 'news-1'] },
    ...story.reports.slice(2),
  ];

  expect(breakingStories([{ ...story, reports: copies }], NOW, OPTIONS)).toEqual([]);
});
