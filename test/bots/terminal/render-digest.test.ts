import { expect, it } from 'vitest';
import { renderDigest, type ShownDigest } from '#src/bots/terminal/render-digest.js';
import { createStyle } from '#src/bots/terminal/style.js';

const view = {
  style: createStyle({ isTTY: false, columns: 80 }, { noColor: true }),
  timeZone: 'Asia/Kolkata',
  now: new Date('2023-12-20T02:30:00Z'),
};
const DIGEST: ShownDigest = {
  from: '2023-12-19T02:30:00.000Z',
  to: '2023-12-20T02:30:00.000Z',
  items: [
    {
      text: 'South Africa beat India by eight wickets. [1]',
      withoutResult: 'Result: South Africa v India [1]',
      isUpdate: false,
      morePublishers: 6,
    },
    { text: 'Iyer is released. [2]', isUpdate: true, morePublishers: 0 },
  ],
  fixtures: [{ text: 'South Africa v India, third ODI [1]', day: '2023-12-20' }],
  citations: [
    {
      n: 1,
      url: 'https://a.example/1',
      title: 'India lose by eight wickets',
      publisher: 'The Example',
      publishedAt: '2023-12-20T00:30:00.000Z',
      quote: '',
    },
    {
      n: 2,
      url: 'https://a.example/2',
      title: 'Iyer goes home',
      publisher: 'Sample Sport',
      publishedAt: '2023-12-20T01:30:00.000Z',
      quote: '',
    },
  ],
  stories: 5,
};

it('shows stories, matches, one line of facts and the sources, in the zone of the reader', () => {
  expect(renderDigest(DIGEST, view)).toBe(
    [
      'Cricket, Wednesday 20 December',
      '1. South Africa beat India by eight wickets. [1] +6 publishers',
      '2. New since the last digest: Iyer is released. [2]',
      'Today: South Africa v India, third ODI [1]',
      '5 stories · also: 3 more · since yesterday 08:00',
      '',
      '[1] India lose by eight wickets · The Example · 2 h ago',
      '    https://a.example/1',
      '[2] Iyer goes home · Sample Sport · 1 h ago',
      '    https://a.example/2',
      '',
    ].join('\n'),
  );
});

it('hides results, in the headlines of the sources too', () => {
  const text = renderDigest(DIGEST, { ...view, hidesResults: true });

  expect(text).toContain('1. Result: South Africa v India [1]');
  expect(text).not.toContain('eight wickets');
});

it('says in one line that a day was quiet', () => {
  expect(renderDigest({ ...DIGEST, items: [], fixtures: [] }, view)).toBe(
    'A quiet day: nothing new since yesterday 08:00.\n',
  );
});

it('lets no text steer the terminal', () => {
  const text = renderDigest(
    { ...DIGEST, items: [{ text: 'a\u001b[2Jb', isUpdate: false, morePublishers: 0 }] },
    view,
  );

  expect(text).not.toContain('\u001b');
});
