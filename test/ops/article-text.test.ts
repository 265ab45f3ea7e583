import { expect, it } from 'vitest';
import { createStyle } from '#src/bots/terminal/style.js';
import { articleText } from '#src/ops/article-text.js';
import { anArticle } from '../helpers/builders.js';

const style = createStyle({ isTTY: false, columns: 80 }, { noColor: true });

it('shows an article, how it came, and each change with what came and went, the newest first', () => {
  const text = articleText(
    {
      ...anArticle({ title: 'Harbour win', text: 'One.\nTwo.\nThree.' }),
      foundAt: '2023-12-19T10:05:00.000Z',
      isHistory: false,
      rereadAt: '2023-12-19T12:00:00.000Z',
      revisions: [
        {
          ordinal: 1,
          replacedAt: '2023-12-19T10:30:00.000Z',
          contentHash: 'x',
          title: 'Harbour bat',
          text: 'One.',
        },
        {
          ordinal: 2,
          replacedAt: '2023-12-19T11:00:00.000Z',
          contentHash: 'y',
          title: 'Harbour win',
          text: 'One.\nTwo?',
        },
      ],
    },
    style,
  );

  expect(text).toContain('read from its page · found 2023-12-19 10:05 UTC · read again 2023-12-19 12:00 UTC');
  expect(text).toContain(
    'Changed 2023-12-19 11:00 UTC: 2 lines came, 1 went\n  + Two.\n  + Three.\n  - Two?\n',
  );
  expect(text).toContain(
    'Changed 2023-12-19 10:30 UTC: 1 lines came, 0 went\n  headline was: Harbour bat\n  + Two?',
  );
  expect(text.indexOf('11:00 UTC: 2')).toBeLessThan(text.indexOf('10:30 UTC: 1'));
});

it('shows the first lines of a long change, cut', () => {
  const text = articleText(
    {
      ...anArticle({ text: Array.from({ length: 20 }, (_, i) => `${i} ${'word '.repeat(60)}`).join('\n') }),
      isHistory: true,
      revisions: [
        { ordinal: 1, replacedAt: '2023-12-19T10:30:00.000Z', contentHash: 'x', title: 'T', text: '' },
      ],
    },
    style,
  );

  expect(text).toContain('… 14 more');
  expect(text.split('\n').filter((line) => line.startsWith('  + ') && line.length > 170)).toEqual([]);
});
