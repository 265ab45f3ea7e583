import { expect, it } from 'vitest';
import { rankByMeaning, rankSentences, selectSentences } from '#src/rag/evidence/select-sentences.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

const query = aQuery({
  text: 'Who scored most at Quayside?',
  weights: { score: 2, quaysid: 4 },
  said: new Set(['who', 'scored', 'most', 'at', 'quayside']),
  answerType: 'who',
});
const answering = aPassage({
  articleId: 'a',
  title: 'Harbour win at Quayside',
  text: 'Rain held off all day. At Quayside the highest score came from Mara Quill with 71. Play ended at six.',
});
const other = aPassage({
  articleId: 'b',
  title: 'Valley sign a coach',
  text: 'Valley have a new coach. He starts in May.',
  score: 0.4,
});

it('puts the sentence first that holds the words and the kind of answer asked for', () => {
  const [best] = rankSentences(query, [other, answering]);

  expect(best?.candidate.text).toBe('At Quayside the highest score came from Mara Quill with 71.');
  expect(best?.candidate.passage.articleId).toBe('a');
});

it('quotes sentences of one article, word for word and in reading order', () => {
  const sentences = selectSentences(rankSentences(query, [answering, other]), 60);

  expect(sentences.length).toBeGreaterThan(1);
  expect(new Set(sentences.map(({ passage }) => passage.articleId))).toEqual(new Set(['a']));
  const places = sentences.map(({ text }) => answering.text.indexOf(text));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

it('reads an article in the order of its chunks', () => {
  const later = aPassage({
    articleId: 'a',
    ordinal: 1,
    text: 'Quayside will not forget that score by Quill.',
  });

  const sentences = selectSentences(rankSentences(query, [later, answering]), 60);

  expect(sentences.at(-1)?.passage.ordinal).toBe(1);
});

it('stops at the number of words, but for the first sentence', () => {
  const sentences = selectSentences(rankSentences(query, [answering]), 5);

  expect(sentences.map(({ text }) => text)).toEqual([
    'At Quayside the highest score came from Mara Quill with 71.',
  ]);
});

it('says no sentence twice and takes at most three', () => {
  const text =
    'Quayside saw the score. Quayside saw the score. Score two at Quayside. Score three at Quayside. Score four at Quayside.';

  const sentences = selectSentences(rankSentences(query, [aPassage({ text })]), 100);

  expect(sentences).toHaveLength(3);
  expect(new Set(sentences.map((sentence) => sentence.text)).size).toBe(3);
});

it('gives nothing for passages without sentences', () => {
  expect(selectSentences(rankSentences(query, []), 47)).toEqual([]);
  expect(selectSentences(rankSentences(query, [aPassage({ text: '' })]), 47)).toEqual([]);
});

it('ranks by meaning those sentences alone that were compared', () => {
  const text = 'One at Quayside came first. Two at Quayside came second. Three at Quayside came third.';
  const byWords = rankSentences(query, [aPassage({ text })]);

  const ranked = rankByMeaning(byWords, [0.1, 0.9]);

  expect(ranked.map(({ similarity }) => similarity)).toEqual([0.9, 0.1]);
  expect(ranked[0]?.candidate).toBe(byWords[1]?.candidate);
});

it('prefers, of two equals, the passage that retrieval put first', () => {
  const text = 'The score at Quayside was made by Quill.';
  const ranked = rankSentences(query, [
    aPassage({ articleId: 'x', text }),
    aPassage({ articleId: 'y', text }),
  ]);

  expect(ranked.map(({ candidate }) => candidate.passage.articleId)).toEqual(['x', 'y']);
});

it('keeps to the newest article when the latest is asked for, and is no surer for it', () => {
  const text = 'At Quayside the score rose again and again later on, under Jo Ash.';
  const passages = [aPassage({ articleId: 'n', title: 'Harbour at Quayside', text }), answering];

  const [first] = rankSentences({ ...query, latest: 'said' }, passages);
  const [plain] = rankSentences(query, passages);

  expect(plain?.candidate.passage.articleId).toBe('a');
  expect(first?.candidate.passage.articleId).toBe('n');
  expect(first?.score).toBeLessThan(plain?.score ?? 0);
});

it('tells who a pronoun means when there is room for the sentence before', () => {
  const text =
    'Harbour came to the auction late. They paid most for a score of players at Quayside. Rain fell.';
  const ranked = rankSentences(query, [aPassage({ text })]);

  expect(ranked[0]?.candidate.text).toMatch(/^They/);
  expect(selectSentences(ranked, 47)[0]?.text).toBe('Harbour came to the auction late.');
  expect(selectSentences(ranked, 12)[0]?.text).toMatch(/^They/);
});
