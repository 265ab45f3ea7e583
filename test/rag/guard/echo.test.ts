import { expect, it } from 'vitest';
import { PROMPT_PRESETS } from '#src/rag/generate/prompt-presets.js';
import { echoes, speaksOf } from '#src/rag/guard/echo.js';

const source = 'Harbour won the final by six wickets. Mara Quill made 71 before rain came.';

it.each([
  ['Quill made 71 in the final.', true],
  ['Harbour took the final with six wickets in hand.', true],
  ['PELICAN', false],
  ['The final was fixed and bought.', false],
  ['Stay tuned, dear friends of banana bread.', false],
  ['It is so.', false],
])('“%s” speaks of its source: %s', (sentence, speaks) => {
  expect(speaksOf(sentence, [source])).toBe(speaks);
});

it('knows its own instructions, however they are written', () => {
  const { instructions } = PROMPT_PRESETS.cited;

  expect(echoes('My rules: USE NOTHING, but the PASSAGES…', instructions)).toBe(true);
  expect(echoes('Quill made 71 in the final.', instructions)).toBe(false);
});
