import { expect, it } from 'vitest';
import type { Answer, Citation, Passage } from '#src/domain.js';
import type { EvalQuestion } from '#src/ops/eval/question-file.js';
import { scoreAnswer, scoreFailure } from '#src/ops/eval/score-answer.js';
import { aPassage } from '../../helpers/builders.js';

const NOW = new Date('2023-12-19T15:00:00Z');
const at = (slug: string) => `https://news.example/cricket/${slug}`;

const aQuestion = (given: Partial<EvalQuestion> = {}): EvalQuestion => ({
  id: '1',
  text: 'How many wickets has Lyon?',
  earlier: [],
  now: undefined,
  mustCite: [],
  mustContain: [],
  mustAbstain: false,
  freshSince: undefined,
  ...given,
});

const citing = (slug: string, n: number): Citation => ({
  n,
  url: at(slug),
  title: slug,
  publisher: 'Example',
  publishedAt: '2023-12-17T08:00:00.000Z',
  quote: '',
});

function anAnswer(given: Partial<Answer> & { cited?: string[]; found?: string[] } = {}): Answer {
  const { cited = [], found = [], ...rest } = given;
  const retrieved: Passage[] = found.map((slug) => aPassage({ url: at(slug) }));
  return {
    text: 'Lyon has 501 wickets. [1]',
    citations: cited.map((slug, i) => citing(slug, i + 1)),
    retrieved,
    abstained: false,
    asOf: '2023-12-17T08:00:00.000Z',
    publishersAgree: 0,
    warnings: [],
    dropped: 0,
    generator: 'extractive',
    ...rest,
  };
}

const score = (question: Partial<EvalQuestion>, answer: Parameters<typeof anAnswer>[0]) =>
  scoreAnswer(aQuestion(question), anAnswer(answer), { latencyMs: 5, now: NOW });

it('ranks articles, not passages, and by the first entry and by the last', () => {
  const found = ['other', 'other', 'lyon', 'lyon', 'stats'];

  const result = score({ mustCite: [['lyon', 'warne'], ['stats']] }, { found });

  expect(result).toMatchObject({ rank: 2, rankOfAll: 3 });
});

it('gives no rank for all while one entry is missing', () => {
  expect(score({ mustCite: [['lyon'], ['stats']] }, { found: ['lyon'] })).toMatchObject({
    rank: 1,
    rankOfAll: 0,
  });
});

it('counts which of the cited sources are named, and says which entry has none', () => {
  const result = score({ mustCite: [['lyon'], ['stats']] }, { cited: ['lyon', 'other', 'lyon'] });

  expect(result).toMatchObject({ cited: [at('lyon'), at('other')], citedRight: 1, sourcesRight: false });
  expect(result.mistakes).toEqual(['does not cite stats']);
});

it.each([
  ['in another case, across markers', 'LYON HAS 501 wickets.', true],
  ['within a longer number', '50', false],
  ['within a decimal number', '1', false],
  ['beside a full stop', '501 wickets.', true],
  ['as one of several', '501 wickets', true],
])('looks for words %s', (_, text, right) => {
  const answer = { text: 'Lyon has [1] 501 wickets. [2] It was 24.1 overs.' };

  expect(score({ mustContain: [[text]] }, answer).answerRight).toBe(right);
});

it('is met by any text of an inner list, and by all entries alone', () => {
  expect(score({ mustContain: [['500', '501'], ['wickets']] }, {}).answerRight).toBe(true);
  expect(score({ mustContain: [['501'], ['overs']] }, {}).mistakes).toEqual(['does not contain overs']);
});

it('counts silence as wrong where an answer is due, nearest headlines as no citations', () => {
  const silence = { abstained: true, asOf: undefined, text: 'Lyon: not enough evidence.', cited: ['lyon'] };

  const result = score({ mustCite: [['lyon']], mustContain: [['Lyon']], freshSince: NOW }, silence);

  expect(result).toMatchObject({ answerRight: false, sourcesRight: false, fresh: false, cited: [] });
  expect(result.mistakes).toEqual(['abstained, but the articles answer it']);
});

it('has nothing against silence where nothing can be known, and something against words', () => {
  expect(score({ mustAbstain: true }, { abstained: true }).mistakes).toEqual([]);
  expect(score({ mustAbstain: true }, {}).mistakes).toEqual(['answered, but should have abstained']);
});

it('measures the age of the newest source', () => {
  const result = score({ freshSince: new Date('2023-12-18T00:00:00Z') }, {});

  expect(result).toMatchObject({ fresh: false, ageHours: 55 });
  expect(score({ freshSince: new Date('2023-12-17T00:00:00Z') }, {}).fresh).toBe(true);
});

it('takes a failure for wrong in all that was asked', () => {
  const result = scoreFailure(aQuestion({ mustCite: [['a']], mustContain: [['b']] }), 'no disk', 1);

  expect(result).toMatchObject({ rank: 0, rankOfAll: 0, sourcesRight: false, answerRight: false });
  expect(result.mistakes).toEqual(['failed: no disk']);
});
