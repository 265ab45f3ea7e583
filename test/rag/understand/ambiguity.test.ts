import { expect, it } from 'vitest';
import { choiceQuestion, choicesOf } from '#src/rag/understand/ambiguity.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

const report = (id: string, text: string, score = 1) =>
  aPassage({ id, articleId: id, title: '', text, score });
const men = report('a', 'India won the final.');
const women = report('b', "India won the women's final.", 0.9);
const india = { kind: 'team', name: 'India', said: 'India' } as const;
const marsh = { kind: 'person', name: 'Ann Marsh', said: 'marsh', others: ['Bo Marsh'] } as const;
const final = aQuery({ weights: { india: 1, final: 2 }, entities: [india] });

it('asks which side of a team is meant when the best reports are on both', () => {
  expect(choicesOf(final, [men, women])).toEqual(['India men', 'India women']);
});

it.each([
  ['the question says the side', { ...final, sides: ['women' as const] }, [men, women]],
  [
    'the question names a player',
    { ...final, entities: [india, { ...marsh, others: undefined }] },
    [men, women],
  ],
  ['the question names a day', { ...final, windows: [{ from: '2023', to: '2024' }] }, [men, women]],
  ['the question names no team', { ...final, entities: [] }, [men, women]],
  ['one report is far behind', final, [men, { ...women, score: 0.5 }]],
  ['one report answers to half of the question', final, [men, report('b', 'India women toured.')]],
  ['both reports are on one side', final, [men, report('b', 'India lost a final.')]],
  ['one report speaks of both', final, [report('a', 'India won the final. Women of India too.')]],
  ['it is two questions', { ...final, parts: [final, final] }, [men, women]],
  ['nothing is found', final, []],
])('does not ask back when %s', (_, query, passages) => {
  expect(choicesOf(query, passages)).toEqual([]);
});

it('asks which bearer of a name is meant when each has a report', () => {
  const query = aQuery({ weights: { marsh: 1 }, entities: [{ ...marsh, others: ['Bo Marsh'] }] });
  const ann = report('a', 'Ann Marsh made 71.');
  const bo = report('b', 'Bo Marsh was out.', 0.5);

  expect(choicesOf(query, [ann, bo])).toEqual(['Ann Marsh', 'Bo Marsh']);
  expect(choicesOf(query, [ann, report('b', 'Ann Marsh ran out Bo Marsh.')])).toEqual([]);
  expect(choicesOf(query, [ann, { ...bo, score: 0.1 }])).toEqual([]);
});

it('asks in one line', () => {
  expect(choiceQuestion(['A', 'B'])).toBe('Which do you mean: A or B?');
  expect(choiceQuestion(['A', 'B', 'C'])).toBe('Which do you mean: A, B or C?');
});
