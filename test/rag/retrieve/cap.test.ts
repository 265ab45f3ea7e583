import { expect, it } from 'vitest';
import { capPerStory } from '#src/rag/retrieve/cap.js';
import { aPassage } from '../../helpers/builders.js';

const story = { id: 'a', articleIds: ['a', 'b'], publishers: ['A', 'B'] };
const opening = 'Harbour won the final by six wickets in front of a full house.';
const chase = 'Mara Quill and Priya Dhillon put on 83 for the third wicket.';
const quotation = '"We have waited nine years for this," said the captain.';
/** A passage named like "b:1" of the article "b"; with `copies`, the articles a and b are one story. */
const passage = (id: string, text: string, copies = true) => {
  const articleId = id.split(':')[0] ?? '';
  return aPassage({ id, articleId, text, ...(copies && articleId !== 'c' && { story }) });
};
const ids = (passages: { id: string }[]) => passages.map(({ id }) => id);

it('gives an article alone at most so many places', () => {
  const passages = ['c:0', 'c:1', 'c:2', 'd:0'].map((id, i) => passage(id, `Other words ${i}.`, false));

  expect(ids(capPerStory(passages, 2))).toEqual(['c:0', 'c:1', 'd:0']);
});

it('gives copies the places of one article; the best placed stands for them', () => {
  const passages = [
    passage('b:0', opening),
    passage('a:1', chase),
    passage('a:2', quotation),
    passage('c:0', opening),
  ];

  expect(ids(capPerStory(passages, 2))).toEqual(['b:0', 'a:1', 'c:0']);
});

it('drops what a copy repeats and keeps what only it says', () => {
  const passages = [
    passage('a:0', opening),
    passage('b:0', `${opening} It ended at nine.`),
    passage('b:1', chase),
    passage('a:1', `${chase} ${quotation}`),
  ];

  expect(ids(capPerStory(passages, 3))).toEqual(['a:0', 'b:1', 'a:1']);
});

it('never takes passages of one article, or of two own reports, for repetitions', () => {
  const passages = [
    passage('a:0', opening),
    passage('a:1', opening),
    passage('c:0', opening),
    passage('d:0', opening, false),
  ];

  expect(ids(capPerStory(passages, 3))).toEqual(['a:0', 'a:1', 'c:0', 'd:0']);
});

it('keeps the order and leaves out nothing else', () => {
  expect(capPerStory([], 3)).toEqual([]);
});
