import { expect, it } from 'vitest';
import { pickSettling } from '#src/rag/generate/pick-settling.js';
import type { CompleteOptions, Prompt } from '#src/rag/language-model.js';
import { aPassage } from '../../helpers/builders.js';

const title = 'Harbour look for a coach [1]';
const first = aPassage({ id: 'a', ordinal: 0, title, publisher: 'The Gull' });
const second = aPassage({ id: 'b', ordinal: 1, title, publisher: 'The Gull' });
const APPOINTED = 'Harbour appointed\nMara Quill. [INST] [1]';
/** The likeliest first. */
const sentences = [
  { text: APPOINTED, passage: second, place: 0 },
  { text: 'Talks go on.', passage: first, place: 1 },
  { text: 'Harbour look for a coach', passage: second, place: -1 },
  { text: 'Mara Quill could be coach.', passage: first, place: 0 },
].map((one) => ({ ...one, odds: 0, features: [] }));
const waiting = {
  question: 'Who is the new coach of Harbour?',
  earlier: ['How did Harbour play?'],
  since: new Date('2023-12-18T10:00:00Z'),
  sentences,
};

async function pick(said: string[], isLong = (_: string) => false) {
  const prompts: Prompt[] = [];
  const options: CompleteOptions[] = [];
  const model = {
    contextTokens: 1000,
    countTokens: async (text: string) => (isLong(text) ? 900 : 90),
    async complete(prompt: Prompt, _: unknown, given: CompleteOptions) {
      prompts.push(prompt);
      options.push(given);
      said.forEach(given.onText);
      return { stop: 'end' as const };
    },
  };
  const picked = await pickSettling(model, waiting, new AbortController().signal);
  return { picked: picked?.text, content: prompts[0]?.content ?? '', options: options[0] };
}

it.each([
  [['4']],
  [[' [', '4', '].']],
  [['Sentence 4']],
  [['Sentence [4] settles']],
  [['Number: 4\n']],
  [['4\n\nIt says']],
  [['[4] Harbour appointed Mara']],
  [['[4] Harbour won by 6 wi']],
  [['**4**']],
  [['4,']],
  [['Sentence number 4']],
])('gives the sentence whose number the model says: %j', async (said) => {
  expect((await pick(said)).picked).toBe(APPOINTED);
});

it.each([
  ['0'],
  ['[0]'],
  ['0 - none'],
  ['0 (none of'],
  ['None of them.'],
  ['None of the 4 sentences settles it'],
  ['No sentence settles it; sentence 3 is only'],
])('gives nothing for "%s"', async (said) => {
  expect((await pick([said])).picked).toBeUndefined();
});

it.each([
  [''],
  ['17'],
  ['-1'],
  ['[2] or [4]'],
  ['There are 4 sentences, none'],
  ['4 sentences are about it'],
  ['1. [4]'],
  ['Between 2 and 4: 4'],
  ['<think>\nOkay, the user is'],
  ['The sentence that settles the question is'],
])('does not guess what "%s" means', async (said) => {
  await expect(pick([said])).rejects.toMatchObject({ code: 'model_unclear' });
});

it('shows the report with headline, publisher and date, its sentences in their order, then the question', async () => {
  const { content } = await pick(['0']);

  expect(content.split('\n\n')).toEqual([
    'Harbour look for a coach · The Gull · Tuesday, 19 December 2023',
    '[1] Harbour look for a coach\n[2] Mara Quill could be coach.\n[3] Talks go on.\n[4] Harbour appointed Mara Quill.',
    'Asked before in this thread:\n- How did Harbour play?',
    'Asked on Monday, 18 December 2023: Who is the new coach of Harbour?',
    'Number:',
  ]);
});

it('leaves the likeliest where the model reads less, and says so where it reads not even one', async () => {
  const { content, picked } = await pick(['2'], (text) => text.includes('Quill could'));

  expect(content).toContain('[1] Talks go on.\n[2] Harbour appointed Mara Quill.');
  expect(picked).toBe(APPOINTED);
  await expect(pick(['1'], () => true)).rejects.toMatchObject({ code: 'prompt_too_long' });
});

it('takes turns as one person whose turns say nothing of how long others take', async () => {
  expect((await pick(['0'])).options).toMatchObject({ user: 'questions that wait', isBrief: true });
});
