import { expect, it } from 'vitest';
import {
  FACT_SIGNALS,
  factSignals,
  logOddsOf,
  TOPIC_SIGNALS,
  topicShare,
  topicSignals,
} from '#src/rag/evidence/confidence.js';
import { rankSentences } from '#src/rag/evidence/select-sentences.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

type Query = Parameters<typeof rankSentences>[0];
type Passages = Parameters<typeof rankSentences>[1];

const weighed = (query: Query, passages: Passages, closeness?: number[]) => {
  return { query, passages, ranked: rankSentences(query, passages), closeness };
};

function factsOf(query: Query, passages: Passages) {
  const numbers = factSignals(weighed(query, passages, [0.5]));
  expect(numbers).toHaveLength(FACT_SIGNALS.length);
  return Object.fromEntries(FACT_SIGNALS.map((name, i) => [name, numbers[i]]));
}

function topicsOf(query: Query, passages: Passages) {
  const numbers = topicSignals(weighed(query, passages, [0.5]));
  expect(numbers).toHaveLength(TOPIC_SIGNALS.length);
  return Object.fromEntries(TOPIC_SIGNALS.map((name, i) => [name, numbers[i]]));
}

const passage = aPassage({ title: 'Harbour win', text: 'Quill made 71 at Quayside. Rain fell.', score: 0.8 });
const rival = aPassage({
  articleId: 'b',
  title: 'Valley',
  text: 'Quill was there with all her bats.',
  score: 0.8,
});

it('weighs the rarest word that the passage lacks', () => {
  const query = aQuery({ weights: { quill: 1, auction: 2, zugzwang: 4 } });

  expect(factsOf(query, [passage]).missing).toBe(1);
  expect(factsOf(aQuery({ weights: { quill: 4, auction: 1 } }), [passage]).missing).toBe(0.25);
});

it('misses no word that stands there under its other name', () => {
  const query = aQuery({ weights: { hst: 4 }, equivalents: new Map([['hst', ['harbour', 'quill']]]) });

  expect(factsOf(query, [passage]).missing).toBe(0);
  query.equivalents.set('hst', ['harbour', 'striker']);
  expect(factsOf(query, [passage]).missing).toBe(1);
});

it('notices a number that the passage lacks', () => {
  expect(factsOf(aQuery({ text: 'Who made 71?', weights: { made: 1 } }), [passage]).numberMissing).toBe(0);
  expect(factsOf(aQuery({ text: 'Who made 72?', weights: { made: 1 } }), [passage]).numberMissing).toBe(1);
  const written = aQuery({
    text: 'Who made 72?',
    weights: { made: 1 },
    equivalents: new Map([['72', ['71']]]),
  });
  expect(factsOf(written, [passage]).numberMissing).toBe(0);
});

it('measures the margin to the best sentence of another article', () => {
  const query = aQuery({ weights: { quill: 3 } });

  expect(factsOf(query, [passage]).margin).toBe(2);
  expect(factsOf(query, [passage, rival]).margin).not.toBe(2);
});

it('leaves the closeness out where no model compared the passages', () => {
  const query = aQuery({ weights: { quill: 3 } });

  expect(factsOf(query, [passage]).closeness).toBe(0.5);
  expect(factSignals(weighed(query, [passage]))).toHaveLength(FACT_SIGNALS.length - 1);
});

it('tells the opening of an article from what follows it', () => {
  expect(factsOf(aQuery({ weights: { quill: 3 } }), [passage]).lead).toBe(1);
  expect(factsOf(aQuery({ weights: { rain: 3 } }), [passage]).lead).toBe(0);
});

it('is content with any of the sentences that would be said', () => {
  const query = aQuery({ text: 'How many runs did Mara Quill make?', weights: { mara: 3, quill: 3 } });
  const text = 'Mara Quill batted all day for Harbour here. It came to 71.';

  expect(factsOf(query, [aPassage({ text })]).kind).toBe(1);
  expect(factsOf(query, [aPassage({ text: text.replace('71', 'much') })]).kind).toBe(-1);
});

it('counts names as the question writes them, or else as the passages do', () => {
  const weights = { mara: 2, quill: 2, bat: 1 };
  const passages = [aPassage({ text: 'All day Mara Quill had a good bat. Rain fell.' })];

  expect(factsOf(aQuery({ text: 'Did Mara Quill bat?', weights }), passages).names).toBe(2);
  expect(factsOf(aQuery({ text: 'did mara quill bat?', weights }), passages).names).toBe(2);
  expect(factsOf(aQuery({ text: 'Did Quill and mara bat?', weights }), passages).names).toBe(1);
});

it('measures what the passages hold together', () => {
  const query = aQuery({
    text: 'Did Quill bat at Quayside?',
    weights: { quill: 3, quaysid: 1, bat: 2, coach: 2 },
  });

  const topics = topicsOf(query, [passage, rival]);

  expect(topics).toMatchObject({
    bestCoverage: 5 / 8,
    topCoverage: 6 / 8,
    names: 1,
    scores: 0.8,
    closeness: 0.5,
  });
  expect(topicsOf(aQuery({ text: 'Did Ash bat?', weights: { ash: 3, bat: 2 } }), [passage]).names).toBe(0);
});

it('goes from fact to topic as the question gets longer', () => {
  const long = (count: number) =>
    aQuery({ weights: Object.fromEntries(Array.from({ length: count }, (_, i) => [`word${i}`, 1])) });

  expect(topicShare(long(8))).toBe(0);
  expect(topicShare(long(15))).toBe(0.5);
  expect(topicShare(long(30))).toBe(1);
});

it('is surer of a passage that holds what was asked than of one that does not', () => {
  const query = aQuery({
    text: 'Who scored most at Quayside?',
    weights: { score: 2, quaysid: 4 },
    said: new Set(['who', 'scored', 'most', 'at', 'quayside']),
  });
  const answering = aPassage({
    articleId: 'a',
    title: 'Harbour win at Quayside',
    text: 'At Quayside the highest score came from Mara Quill with 71.',
  });
  const other = aPassage({
    articleId: 'c',
    title: 'Valley sign a coach',
    text: 'He starts in May.',
    score: 0.4,
  });

  expect(logOddsOf(weighed(query, [answering]))).toBeGreaterThan(0);
  expect(logOddsOf(weighed(query, [other]))).toBeLessThan(0);
  expect(logOddsOf(weighed(query, [answering], [0.7]))).toBeGreaterThan(0);
});

it('stays finite for a question without words', () => {
  expect(Number.isFinite(logOddsOf(weighed(aQuery({}), [passage])))).toBe(true);
});
