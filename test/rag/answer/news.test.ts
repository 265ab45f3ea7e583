import { expect, it } from 'vitest';
import { BotError } from '#src/errors.js';
import { createSeekNews } from '#src/rag/answer/news.js';
import type { CompleteOptions, LanguageModel, Prompt } from '#src/rag/language-model.js';
import { aPassage } from '../../helpers/builders.js';

const QUESTION = 'Who won the match between Harbour and Ridge?';
const TOLD = 'Harbour won the match against Ridge.';
const OTHERWISE = 'It was Harbour who walked off the happier side in the match with Ridge.';
const NEVER = new AbortController().signal;
const sure = aPassage({ id: 'a', articleId: 'a', title: TOLD, text: `Rain fell. ${TOLD}` });
const unsure = aPassage({ id: 'b', articleId: 'b', title: 'Cricket', text: OTHERWISE });
const beside = aPassage({ id: 'c', articleId: 'c', title: 'Weather', text: 'It will rain on the hills.' });

/** A model that says that of each prompt. */
function saying(answer: (content: string) => string, prompts: Prompt[] = []): LanguageModel {
  return {
    name: 'model',
    contextTokens: 4096,
    countTokens: async () => 1,
    async complete(prompt, _, { onText }: CompleteOptions) {
      prompts.push(prompt);
      onText(answer(prompt.content));
      return { stop: 'end' };
    },
  };
}

/** Names the sentence that is told in other words. */
const reads = (content: string) => /\[(\d+)\] It was Harbour/.exec(content)?.[1] ?? '0';

function world(
  passages = [sure],
  model?: LanguageModel,
  parts: { mayShow?: boolean; isPassed?: boolean } = {},
) {
  const sought: (ReadonlySet<string> | undefined)[] = [];
  const seek = createSeekNews({
    retrieve: async (_, _signal, articles) => {
      sought.push(articles);
      return passages;
    },
    model: () => model,
    mayShow: () => parts.mayShow ?? true,
    isPassed: async () => parts.isPassed ?? true,
    lexical: {
      frequencies: async (terms) => ({ total: 99, counts: terms.map(() => 1) }),
      closest: async (words) => words.map(() => undefined),
      namesWith: async (words) => words.map(() => ({ names: [], count: 0 })),
    },
    findNames: () => [],
    findPublishers: async () => [],
    clock: () => new Date('2023-12-20T12:00:00Z'),
  });
  const news = (question = QUESTION, earlier: string[] = []) =>
    seek({ question, earlier, since: '2023-12-18T12:00:00Z', articles: ['a', 'b'] }, NEVER);
  return { news, sought };
}

it('tells the sentence that settles the question, with its source, out of the new articles alone', async () => {
  const { news, sought } = world();

  const told = await news();

  expect(told).toMatchObject({ text: `${TOLD} [1]`, abstained: false, asOf: sure.publishedAt });
  expect(told?.citations).toMatchObject([{ n: 1, url: sure.url, quote: TOLD }]);
  expect(sought).toEqual([new Set(['a', 'b'])]);
});

it('tells nothing that settles nothing, or that moderation or the guard model keeps', async () => {
  expect(await world().news('Who is the new coach of Lakeside?')).toBeUndefined();
  expect(await world([sure], undefined, { mayShow: false }).news()).toBeUndefined();
  expect(await world([sure], undefined, { isPassed: false }).news()).toBeUndefined();
});

it('leaves it to the model where there is one: it sees what words are unsure of, and keeps what they are sure of', async () => {
  expect(await world([unsure]).news()).toBeUndefined();
  expect((await world([unsure], saying(reads)).news())?.text).toBe(`${OTHERWISE} [1]`);
  expect(
    await world(
      [sure],
      saying(() => '0'),
    ).news(),
  ).toBeUndefined();
});

it('does not ask the model of what is hopeless, and shows it each sentence once', async () => {
  const prompts: Prompt[] = [];
  expect(await world([beside], saying(reads, prompts)).news()).toBeUndefined();
  expect(prompts).toEqual([]);

  const copy = { ...sure, id: 'copy', articleId: 'copy' };
  await world([sure, copy, unsure], saying(reads, prompts)).news();
  expect(prompts[0]?.content.split(TOLD)).toHaveLength(3);
});

it('reads a question that leans on an earlier one with it', async () => {
  const told = await world().news('And who won?', ['When is the match between Harbour and Ridge?']);

  expect(told?.text).toBe(`${TOLD} [1]`);
});

it('gives up where the model fails, so that the same articles are looked at again', async () => {
  const broken = {
    ...saying(() => ''),
    complete: async () => {
      throw new BotError('model_crashed', 'The model crashed.');
    },
  };

  await expect(world([sure], broken).news()).rejects.toMatchObject({ code: 'model_crashed' });
});
