import { expect, it } from 'vitest';
import { renderAnswer } from '#src/bots/terminal/render-answer.js';
import { createStyle } from '#src/bots/terminal/style.js';
import type { Answer, AnswerEvent } from '#src/domain.js';

const ANSWER: Answer = {
  text: 'Starc went to Kolkata. [1] The price is a record. [1]',
  citations: [],
  retrieved: [],
  abstained: false,
  publishersAgree: 0,
  warnings: [],
  dropped: 0,
  generator: 'extractive',
};

/** A terminal, as the rows that a person sees: a status line takes the place of all that stands in its row. */
function aTerminal() {
  const rows = [''];
  return {
    rows,
    status: (text: string) => void rows.splice(-1, 1, text),
    out(text: string) {
      const [first = '', ...further] = text.split('\n');
      rows.splice(-1, 1, rows.at(-1) + first, ...further);
    },
    style: createStyle({ isTTY: false, columns: 80 }, { noColor: true }),
    now: () => new Date('2023-12-19T15:05:00Z'),
  };
}

async function* told(events: AnswerEvent[]) {
  yield* events;
}

it('leaves every sentence standing, whatever status comes while it is written', async () => {
  const terminal = aTerminal();

  await renderAnswer(
    told([
      { type: 'status', text: 'searching' },
      { type: 'delta', text: 'Starc went to Kolkata. [1]' },
      { type: 'status', text: 'writing' },
      { type: 'delta', text: ' The price is a record. [1]' },
      { type: 'done', answer: ANSWER },
    ]),
    terminal,
  );

  expect(terminal.rows[0]).toBe(ANSWER.text);
});

it('wipes the status line before a failure is told', async () => {
  const terminal = aTerminal();

  const rendered = renderAnswer(
    told([
      { type: 'status', text: 'searching' },
      { type: 'error', code: 'model_failed', message: 'The model restarted.' },
    ]),
    terminal,
  );

  await expect(rendered).rejects.toMatchObject({ code: 'model_failed' });
  expect(terminal.rows).toEqual(['']);
});
