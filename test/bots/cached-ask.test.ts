import { describe, expect, it } from 'vitest';
import { createCachedAsk } from '#src/bots/cached-ask.js';
import type { Answer, AnswerEvent, Ask, Question } from '#src/domain.js';

const whole: Answer = {
  text: 'Harbour won.',
  citations: [],
  retrieved: [],
  abstained: false,
  publishersAgree: 0,
  warnings: [],
  dropped: 0,
  generator: 'scripted',
  asOf: '2023-12-19T10:00:00.000Z',
};

function room(answer: Answer = whole) {
  const state: { asked: number; revision: number | undefined; now: number } = {
    asked: 0,
    revision: 1,
    now: 0,
  };
  const ask: Ask = async function* () {
    state.asked += 1;
    yield { type: 'status', text: 'reading' };
    yield { type: 'delta', text: answer.text };
    yield { type: 'done', answer };
  };
  const cached = createCachedAsk(ask, { revision: async () => state.revision, now: () => state.now });
  const events = async (question: Partial<Question> = {}) => {
    const all: AnswerEvent[] = [];
    for await (const event of cached({ id: '1', text: 'Who won?', ...question }, AbortSignal.timeout(5000))) {
      all.push(event);
    }
    return all;
  };
  return { state, events };
}

describe('a question that is asked again', () => {
  it('is told again with its "as of", however it is spaced and capitalised', async () => {
    const { events, state } = room();
    await events();

    const again = await events({ text: ' who  WON? ' });

    expect(state.asked).toBe(1);
    expect(again).toEqual([
      { type: 'delta', text: 'Harbour won.' },
      { type: 'done', answer: whole },
    ]);
  });

  it.each<[string, (state: ReturnType<typeof room>['state']) => void]>([
    ['newer articles came in', (state) => (state.revision = 2)],
    ['two minutes passed', (state) => (state.now = 120_000)],
    ['the indexes lag behind', (state) => (state.revision = undefined)],
  ])('is answered anew when %s', async (_, change) => {
    const { events, state } = room();
    await events();
    change(state);

    await events();

    expect(state.asked).toBe(2);
  });

  it.each<Partial<Question>>([{ earlier: ['And Valley?'] }, { articles: ['a'] }, { text: 'Who lost?' }])(
    'is another one with %j',
    async (question) => {
      const { events, state } = room();
      await events();

      await events(question);

      expect(state.asked).toBe(2);
    },
  );

  it.each<Partial<Answer>>([{ abstained: true }, { refused: 'scope' }, { choices: ['a', 'b'] }])(
    'is not kept where the answer is none: %j',
    async (part) => {
      const { events, state } = room({ ...whole, ...part });
      await events();

      await events();

      expect(state.asked).toBe(2);
    },
  );

  it('is forgotten when 200 others were asked since', async () => {
    const { events, state } = room();
    await events();
    for (let n = 0; n < 200; n += 1) {
      await events({ text: `Who won match ${n}?` });
    }

    await events();

    expect(state.asked).toBe(202);
  });
});
