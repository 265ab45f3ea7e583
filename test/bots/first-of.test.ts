import { expect, it } from 'vitest';
import { firstOf } from '#src/bots/first-of.js';
import type { Answer, Ask, Refusal } from '#src/domain.js';

const NOTHING: Answer = {
  ...{ text: 'Nothing.', citations: [], retrieved: [], abstained: true },
  ...{ publishersAgree: 0, warnings: [], dropped: 0, generator: 'extractive' },
};

/** Of the stories it gives `ofStories`, of all articles a quoted answer. */
function asking(ofStories: Partial<Answer>) {
  const asked: (string[] | undefined)[] = [];
  const ask: Ask = async function* ({ articles }) {
    asked.push(articles);
    const answer = articles ? ofStories : { abstained: false, text: 'Ash won. [1]' };
    yield { type: 'done', answer: { ...NOTHING, ...answer } };
  };
  return { asked, ask: firstOf(ask, ['a1']) };
}

async function told(ask: Ask) {
  const texts: string[] = [];
  for await (const event of ask({ id: '1', text: 'Who won?' }, new AbortController().signal)) {
    texts.push(...(event.type === 'done' ? [event.answer.text] : []));
  }
  return texts;
}

it('asks the stories alone where they answer', async () => {
  const { ask, asked } = asking({ abstained: false, text: 'Elm won. [1]' });

  expect(await told(ask)).toEqual(['Elm won. [1]']);
  expect(asked).toEqual([['a1']]);
});

it.each<Refusal | undefined>([undefined, 'doubtful'])(
  'asks all articles where the stories are silent (%s)',
  async (refused) => {
    const { ask, asked } = asking({ refused });

    expect(await told(ask)).toEqual(['Ash won. [1]']);
    expect(asked).toEqual([['a1'], undefined]);
  },
);

it('declines once what is declined whatever the articles say', async () => {
  const { ask, asked } = asking({ refused: 'betting' });

  expect(await told(ask)).toEqual(['Nothing.']);
  expect(asked).toHaveLength(1);
});
