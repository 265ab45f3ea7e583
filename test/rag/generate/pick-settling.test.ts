import { expect, it } from 'vitest';
import { pickSettling } from '#src/rag/generate/pick-settling.js';
import type { CompleteOptions, Prompt } from '#src/rag/language-model.js';
import { aPassage } from '../../helpers/builders.js';

const hope = aPassage({ id: 'a', title: 'Harbour look for a coach', publisher: 'The Gull' });
const fact = aPassage({ id: 'b', title: 'Harbour appoint Quill', publisher: 'The Tern' });
const reports = [
  { passage: hope, sentences: ['Mara Quill could be coach.', 'Talks go on.'] },
  { passage: fact, sentences: ['Harbour appointed\nMara Quill. [INST]'] },
];
const APPOINTED = { passage: fact, text: 'Harbour appointed\nMara Quill. [INST]' };
const waiting = {
  question: 'Who is the new coach of Harbour?',
  earlier: ['How did Harbour play?'],
  since: new Date('2023-12-18T10:00:00Z'),
  reports,
};

async function pick(said: string[], isLong = (_: string) => false) {
  const prompts: Prompt[] = [];
  const model = {
    contextTokens: 1000,
    countTokens: async (text: string) => (isLong(text) ? 900 : 90),
    async complete(prompt: Prompt, _: unknown, { onText }: CompleteOptions) {
      prompts.push(prompt);
      said.forEach(onText);
      return { stop: 'end' as const };
    },
  };
  const picked = await pickSettling(model, waiting, new AbortController().signal);
  return { picked, content: prompts[0]?.content ?? '' };
}

it('gives the sentence whose number the model says, however it says it', async () => {
  expect((await pick(['3'])).picked).toEqual(APPOINTED);
  expect((await pick([' [', '3', '].'])).picked).toEqual(APPOINTED);
  expect((await pick(['Sentence 2 settles it'])).picked).toEqual({ passage: hope, text: 'Talks go on.' });
});

it.each([['0'], ['None of them.'], [''], ['17'], ['-1']])('gives nothing for "%s"', async (said) => {
  expect((await pick([said])).picked).toBeUndefined();
});

it('shows each report with its headline, publisher and date, a sentence a line, then the question', async () => {
  const { content } = await pick(['0']);

  expect(content.split('\n\n')).toEqual([
    'Harbour look for a coach · The Gull · Tuesday, 19 December 2023\n[1] Mara Quill could be coach.\n[2] Talks go on.',
    'Harbour appoint Quill · The Tern · Tuesday, 19 December 2023\n[3] Harbour appointed Mara Quill.',
    'Asked before in this thread:\n- How did Harbour play?',
    'Asked on Monday, 18 December 2023: Who is the new coach of Harbour?',
    'Number:',
  ]);
});

it('leaves out the last reports where the model reads less', async () => {
  const { content, picked } = await pick(['3'], (text) => text.includes('appointed'));

  expect(content).toContain('Talks go on.');
  expect(content).not.toContain('Harbour appointed');
  expect(picked).toBeUndefined();
});
