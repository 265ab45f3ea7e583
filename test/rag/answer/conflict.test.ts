import { describe, expect, it } from 'vitest';
import { loadCricketNames } from '#src/cricket.js';
import type { Passage } from '#src/domain.js';
import { publishersAgreeing } from '#src/rag/answer/agreement.js';
import { createProofs } from '#src/rag/answer/proofs.js';
import { aPassage } from '../../helpers/builders.js';

const { conflictOf, isGrounded } = createProofs(loadCricketNames(), () => new Date('2023-12-19T15:05:00Z'));

let next = 0;
function aSource(text: string, parts: Partial<Passage> = {}) {
  next += 1;
  const passage = aPassage({
    articleId: `a${next}`,
    publisher: `Publisher ${next}`,
    title: '',
    text,
    ...parts,
  });
  return { passage, context: text };
}

const OURS = 'Kolkata Knight Riders paid 24.75 crore rupees for Mitchell Starc at the auction.';
function differing(text: string, parts: Partial<Passage> = {}, ours = OURS) {
  const own = aSource(ours);
  return conflictOf(ours, [own], [own, aSource(text, parts)]);
}

describe('conflictOf', () => {
  it('finds two amounts of one sale', () => {
    const conflict = differing(
      'It was a record. Kolkata Knight Riders paid 24.5 crore rupees for Starc in the auction.',
    );

    expect(conflict).toMatchObject({
      about: 'the amount',
      ours: '24.75 crore rupees',
      theirs: '24.5 crore rupees',
    });
  });

  it('finds two margins of one match', () => {
    const conflict = differing(
      'Australia beat Pakistan by 306 runs in the first Test in Perth.',
      {},
      'Australia won the first Test in Perth against Pakistan by 360 runs.',
    );

    expect(conflict).toMatchObject({ about: 'the margin', ours: '360 runs', theirs: '306 runs' });
  });

  it.each([
    ['another sale', 'Sunrisers Hyderabad paid 20.5 crore rupees for Pat Cummins at the auction.', {}],
    ['the same in another notation', 'KKR paid Rs 24.75 crore for Starc at the auction.', {}],
    [
      'one who tells both',
      'Kolkata Knight Riders paid 24.75 crore rupees for Starc at the auction, not 24.5 crore rupees.',
      {},
    ],
    [
      'a report of another week',
      'Kolkata Knight Riders paid 24.5 crore rupees for Mitchell Starc at the auction.',
      { publishedAt: '2023-12-01T10:00:00.000Z' },
    ],
    [
      'the same publisher',
      'Kolkata Knight Riders paid 24.5 crore rupees for Mitchell Starc at the auction.',
      { publisher: 'same' },
    ],
  ])('sees none in %s', (_, text, parts) => {
    const own = aSource(OURS, { publisher: 'same' });

    expect(conflictOf(OURS, [own], [own, aSource(text, parts)])).toBeUndefined();
  });

  it('sees none in a score that goes on', () => {
    const ours = 'Pakistan were 132 for two in Perth against Australia at the close.';

    expect(
      differing('Pakistan were 203 for five in Perth against Australia at tea.', {}, ours),
    ).toBeUndefined();
  });
});

describe('publishersAgreeing', () => {
  const own = aSource(OURS);
  const same = aSource(
    'Starc was paid for with 24.75 crore rupees by the Kolkata Knight Riders at the auction.',
  );
  const other = aSource(
    'The Kolkata Knight Riders paid 24.5 crore rupees for Mitchell Starc at the auction.',
  );
  const story = { id: 's', articleIds: [], publishers: ['Wire', 'Copyist'] };
  const wire = aSource(OURS, { story, publisher: 'Wire' });
  const copy = aSource(OURS, { story, publisher: 'Copyist' });

  it('counts publishers whose own reports bear the sentence out', () => {
    expect(publishersAgreeing(OURS, [own], [own, same, other], isGrounded)).toBe(2);
  });

  it('counts copies of one report once', () => {
    expect(publishersAgreeing(OURS, [wire], [wire, copy], isGrounded)).toBe(1);
    expect(publishersAgreeing(OURS, [wire], [wire, copy, same], isGrounded)).toBe(2);
  });
});
