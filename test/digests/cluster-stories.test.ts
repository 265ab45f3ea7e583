import { expect, it } from 'vitest';
import { clusterStories } from '#src/digests/cluster-stories.js';
import { readArticle } from '#src/digests/read-article.js';
import { anArticle } from '../helpers/builders.js';

function storiesOf(
  texts: { name: string; at: string; title: string; text: string }[],
  copies: string[][] = [],
) {
  const articles = texts.map(({ at, name, text, title }) =>
    anArticle({ id: name, publishedAt: `2023-12-${at}:00:00.000Z`, title, text }),
  );
  const found = clusterStories({ readings: articles.map(readArticle), rarities: new Map(), copies });
  return found.map(({ articleIds }) => articleIds.join('+'));
}

const FIRST = {
  name: 'first',
  at: '17T16',
  title: 'Australia win first Test by 360 runs',
  text: 'Hosts Australia beat Pakistan by 360 runs in the first Test at Perth. Nathan Lyon took his 500th wicket as Pakistan were all out for 89. Captain Pat Cummins praised Lyon.',
};
const OTHER_REPORT = {
  name: 'other',
  at: '17T18',
  title: 'Lyon reaches 500 in Perth rout',
  text: 'There were 500 wickets for Nathan Lyon in Perth, where Pakistan lost the first Test by 360 runs. Pat Cummins and his Australia side needed four days. Pakistan made 89.',
};
const SECOND = {
  name: 'second',
  at: '21T16',
  title: 'Australia edge Pakistan in second Test',
  text: 'Hosts Australia beat Pakistan by 79 runs in the second Test in Melbourne. Pat Cummins took ten wickets as Pakistan were all out for 237. Mitchell Marsh made 96.',
};

it('puts independent reports of one match together, and two matches of the same teams apart', () => {
  expect(storiesOf([FIRST, OTHER_REPORT, SECOND])).toEqual(['first+other', 'second']);
});

it('keeps copies of one report together whatever they say', () => {
  expect(storiesOf([FIRST, SECOND], [['first', 'second']])).toEqual(['first+second']);
});

it('keeps apart what lies more than a week apart', () => {
  expect(storiesOf([FIRST, { ...OTHER_REPORT, at: '27T18' }])).toEqual(['first', 'other']);
});

it('does not take two short texts for one story because both name a country', () => {
  const texts = ['India name squad', 'India lose toss'].map((title, i) => ({
    name: `${i}`,
    at: '17T16',
    title,
    text: `${title} as expected by those who follow India.`,
  }));

  expect(storiesOf(texts)).toEqual(['0', '1']);
});
