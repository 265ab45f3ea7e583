// `ask --closed-book` and `--compare` with a model that a script plays; the rest of `ask` is tested end to end.
import { expect, it } from 'vitest';
import type { Answer, Ask } from '#src/domain.js';
import type { App } from '#src/ops/app.js';
import { runAsk } from '#src/ops/commands/ask.js';
import type { Session } from '#src/ops/session.js';
import { createClosedBook } from '#src/rag/generate/closed-book.js';
import { createScriptedModel } from '../../helpers/scripted.js';

const clock = () => new Date('2023-12-19T15:05:00Z');
const cited: Answer = {
  text: 'Kolkata bought Starc. [1]',
  citations: [
    {
      n: 1,
      url: 'https://example.com/starc',
      title: 'Starc breaks the record',
      publisher: 'The Example',
      publishedAt: '2023-12-19T13:05:00.000Z',
      quote: '',
    },
  ],
  retrieved: [],
  abstained: false,
  asOf: '2023-12-19T13:05:00.000Z',
  publishersAgree: 2,
  warnings: ['Old evidence: no feed was read since 17 Dec.'],
  dropped: 1,
  generator: 'tiny',
};

async function run(options: Parameters<typeof runAsk>[1], has: { model: boolean; width?: number }) {
  let out = '';
  const ask: Ask = async function* () {
    yield { type: 'delta', text: cited.text };
    yield { type: 'done', answer: cited };
  };
  const model = createScriptedModel({ says: 'Mumbai bought him.', name: 'tiny' });
  const app: Partial<App> = {
    ask,
    closedBook: has.model ? createClosedBook(model, clock) : undefined,
    prepareAnswers: () => {},
    notice: () => undefined,
    close: async () => {},
  };
  const style = {
    isRich: has.width !== undefined,
    paint: (_: unknown, text: string) => text,
    link: (text: string) => text,
    width: has.width ?? 100,
  };
  const session = {
    composition: { openApp: async () => app },
    settings: () => ({}),
    clock,
    signal: new AbortController().signal,
    out: async (text: string) => {
      out += text;
    },
    status: () => {},
    note: () => {},
    outStyle: style,
    errorStyle: style,
  };
  const code = await runAsk(session as unknown as Session, options, ['Who bought Starc?']);
  return { code, out };
}

it.each([{ closedBook: true }, { compare: true }, { closedBook: true, json: true }])(
  'says in one line that %j needs a model',
  async (options) => {
    await expect(run(options, { model: false })).rejects.toMatchObject({ code: 'model_missing' });
  },
);

it('shows the model alone, and that nothing of it was checked', async () => {
  const { out } = await run({ closedBook: true }, { model: true });

  expect(out).toBe('Mumbai bought him.\ntiny from memory: no article was read and nothing was checked\n');
});

it('shows the model without and with the articles, one below the other in a pipe', async () => {
  const { out } = await run({ compare: true }, { model: true });

  expect(out).toBe(
    [
      'Without the articles',
      'Mumbai bought him.',
      'tiny from memory: no article was read and nothing was checked',
      '',
      'With the articles',
      'Kolkata bought Starc. [1]',
      'as of 19 Dec 2023, 13:05 UTC (2 h ago) · 2 publishers agree · 1 sentence left out: no source bears it out',
      '',
      '[1] Starc breaks the record · The Example · 2 h ago',
      '    https://example.com/starc',
      '',
    ].join('\n'),
  );
});

it('puts them side by side on a wide terminal', async () => {
  const { out } = await run({ compare: true }, { model: true, width: 100 });

  const [titles, texts] = out.split('\n');
  expect(titles).toMatch(/^Without the articles +│ With the articles$/);
  expect(texts).toMatch(/^Mumbai bought him\. +│ Kolkata bought Starc\. \[1\]$/);
});

it('gives both as one JSON object', async () => {
  const { out } = await run({ compare: true, json: true }, { model: true });

  expect(JSON.parse(out)).toMatchObject({
    closed_book: { answer: 'Mumbai bought him.', closed_book: true, sources: [] },
    with_articles: { answer: cited.text, sources: ['https://example.com/starc'], warnings: cited.warnings },
  });
});
