import { expect, it } from 'vitest';
import { planFirst, planNext, type Reread } from '#src/feeds/reread-plan.js';

const START = Date.parse('2023-12-19T15:00:00.000Z');
const article = {
  url: 'https://example.org/report',
  title: 'Harbour win',
  publishedAt: '2023-12-19T15:00:00.000Z',
};

/** Minutes after publication at which a page is read that changes when `changes` says so. */
function looksAt(parts: Partial<typeof article>, changes: (look: number) => boolean): number[] {
  const looks: number[] = [];
  let plan = planFirst({ ...article, ...parts }, new Date(START), false);
  while (plan) {
    looks.push((Date.parse(plan.dueAt) - START) / 60_000);
    plan = planNext(plan.state, { hasChanged: changes(looks.length) }, new Date(plan.dueAt));
  }
  return looks;
}

it('looks three times at a page that does not change, within a day', () => {
  expect(looksAt({}, () => false)).toEqual([30, 150, 630]);
});

it('looks soon at a live blog, ever more seldom while it is still', () => {
  expect(looksAt({ url: 'https://example.org/sport/live/2023/final' }, () => false)).toEqual([
    10, 30, 70, 150, 310, 630, 1270,
  ]);
  expect(looksAt({ title: 'Final: live' }, () => false)[0]).toBe(10);
  expect(looksAt({ title: 'Quill lives for the long day' }, () => false)[0]).toBe(30);
});

it('comes back soon after each change, but not without end', () => {
  const looks = looksAt({}, () => true);

  expect(looks.slice(0, 4)).toEqual([30, 40, 50, 60]);
  expect(looks).toHaveLength(60);
});

it('leaves what is a day old alone', () => {
  expect(planFirst(article, new Date(START + 24 * 3_600_000), false)).toBeUndefined();
});

it('keeps what the page was last known by', () => {
  const before: Reread = {
    isChanging: false,
    unchanged: 0,
    looks: 0,
    since: article.publishedAt,
    etag: '"1"',
  };

  expect(planNext(before, { hasChanged: false }, new Date(START))?.state.etag).toBe('"1"');
  expect(planNext(before, { hasChanged: true, etag: '"2"' }, new Date(START))?.state.etag).toBe('"2"');
});
