import { expect, it } from 'vitest';
import { BotError } from '#src/errors.js';
import { createSeekNews } from '#src/rag/answer/news.js';
import type { CompleteOptions, LanguageModel, Prompt } from '#src/rag/language-model.js';
import { BY_WORDS_ALONE } from '../../helpers/asker.js';
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

interface Parts {
  model?: LanguageModel | undefined;
  /** Models are wanted, and none opens. */
  isDown?: boolean;
  mayShow?: boolean;
  mustPass?: () => Promise<boolean>;
}

function world(passages = [sure], { isDown = false, mayShow = true, model, mustPass }: Parts = {}) {
  const sought: (ReadonlySet<string> | undefined)[] = [];
  const unclear: string[] = [];
  const seek = createSeekNews({
    retrieve: async (_, _signal, articles) => {
      sought.push(articles);
      return passages;
    },
    models: {
      model: () => model,
      state: () => ({ name: undefined, failures: isDown ? ['nobody answers at 8080'] : [] }),
    },
    mayShow: () => mayShow,
    mustPass: mustPass ?? (async () => true),
    onUnclear: ({ code }) => unclear.push(code),
    ...BY_WORDS_ALONE,
    clock: () => new Date('2023-12-20T12:00:00Z'),
  });
  const news = (question = QUESTION, earlier: string[] = []) =>
    seek({ question, earlier, since: '2023-12-18T12:00:00Z', articles: ['a', 'b'] }, NEVER);
  return { news, seek, sought, unclear };
}

/** A model that fails so. */
const failing = (code: string): LanguageModel => ({
  ...saying(() => ''),
  complete: async () => {
    throw new BotError(code, 'The model fails.');
  },
});

it('tells the sentence that settles the question, with its source, out of the new articles alone', async () => {
  const { news, sought } = world();

  const told = await news();

  expect(told).toMatchObject({ text: `${TOLD} [1]`, abstained: false, asOf: sure.publishedAt });
  expect(told?.citations).toMatchObject([{ n: 1, url: sure.url, quote: TOLD }]);
  expect(sought).toEqual([new Set(['a', 'b'])]);
});

it('tells nothing that settles nothing, or that moderation or the guard model keeps', async () => {
  expect(await world().news('Who is the new coach of Lakeside?')).toBeUndefined();
  expect(await world([sure], { mayShow: false }).news()).toBeUndefined();
  expect(await world([sure], { mustPass: async () => false }).news()).toBeUndefined();
});

it('leaves it to the model where there is one: it sees what words are unsure of, and keeps what they are sure of', async () => {
  expect(await world([unsure]).news()).toBeUndefined();
  expect((await world([unsure], { model: saying(reads) }).news())?.text).toBe(`${OTHERWISE} [1]`);
  expect(await world([sure], { model: saying(() => '0') }).news()).toBeUndefined();
});

it('asks the model of each article by itself, the likeliest first, until one settles it, and of none that is hopeless', async () => {
  const prompts: Prompt[] = [];
  const told = await world([unsure, beside, sure], { model: saying(reads, prompts) }).news();

  expect(told?.citations[0]?.url).toBe(unsure.url);
  expect(prompts.map(({ content }) => content.includes(TOLD))).toEqual([true, false]);
  expect(prompts.some(({ content }) => content.includes('rain on the hills'))).toBe(false);
});

it('shows the model each sentence once', async () => {
  const prompts: Prompt[] = [];
  const again = { ...sure, id: 'again', ordinal: 1 };
  await world([sure, again], { model: saying(reads, prompts) }).news();

  // The headline above, and the same words as the first sentence.
  expect(prompts[0]?.content.split(TOLD)).toHaveLength(3);
});

it('tells no heading, whatever the model says', async () => {
  const table = aPassage({
    title: 'Cricket: Harbour and Ridge',
    text: 'Match results\nHarbour won the match.',
  });
  const model = saying((content) => /\[(\d)\] Match results$/m.exec(content)?.[1] ?? '9');

  expect(await world([table], { model }).news()).toBeUndefined();
});

it('reads a question that leans on an earlier one with it', async () => {
  const told = await world().news('And who won?', ['When is the match between Harbour and Ridge?']);

  expect(told?.text).toBe(`${TOLD} [1]`);
});

it('tells a numbered list as one, without footnotes', async () => {
  const text = 'Harbour won the match against Ridge [12] with two heroes: 1. Quill, 2. Ash. It rained.';
  const model = saying(
    (content) => /\[(\d)\] Harbour won the match .* 2\. Ash\.$/m.exec(content)?.[1] ?? '0',
  );
  const told = await world([aPassage({ title: 'Cricket', text })], { model }).news();

  expect(told?.text).toBe('Harbour won the match against Ridge with two heroes: 1. Quill, 2. Ash. [1]');
});

it.each([
  ['fails while it judges', { model: failing('model_crashed') }],
  ['is busy', { model: failing('model_busy') }],
  ['does not open', { isDown: true }],
])(
  'tells what words are sure of where the model %s; the rest has to be looked at again',
  async (_, parts) => {
    expect((await world([sure], parts).news())?.text).toBe(`${TOLD} [1]`);
    await expect(world([unsure], parts).news()).rejects.toMatchObject({ code: 'not_judged' });
    expect(await world([beside], parts).news()).toBeUndefined();
  },
);

it('lets words decide, and says so, where the model says no number or reads too little', async () => {
  const vague = world([sure], { model: saying(() => 'Well, that depends') });

  expect((await vague.news())?.text).toBe(`${TOLD} [1]`);
  expect(vague.unclear).toEqual(['model_unclear']);
  const small = { ...saying(reads), countTokens: async () => 5000 };
  expect(await world([unsure], { model: small }).news()).toBeUndefined();
});

it.each(['model_bad_request', 'model_broke_off'])(
  'takes %s for the fault of one article and judges the others',
  async (code) => {
    const model: LanguageModel = {
      ...saying(reads),
      async complete(prompt, sampling, options) {
        if (prompt.content.includes(TOLD)) {
          throw new BotError(code, 'Not this text.');
        }
        return saying(reads).complete(prompt, sampling, options);
      },
    };
    const other = aPassage({ id: 'o', articleId: 'o', title: TOLD.replace('won', 'could win'), text: TOLD });

    const { news, unclear } = world([other, unsure], { model });

    expect((await news())?.text).toBe(`${TOLD} [1]`);
    expect(unclear).toEqual([code]);
  },
);

it('does not ask a model that is out', async () => {
  const prompts: Prompt[] = [];
  const { seek } = world([sure], { model: saying(reads, prompts) });
  const asked = { question: QUESTION, earlier: [], since: '2023-12-18T12:00:00Z', articles: ['a'] };

  expect((await seek({ ...asked, isModelOut: true }, NEVER))?.text).toBe(`${TOLD} [1]`);
  expect(prompts).toEqual([]);
});

it('keeps back what the guard model cannot read, and goes on', async () => {
  const mustPass = async () => {
    throw new BotError('guard_unreadable', 'The guard said "perhaps".');
  };

  expect(await world([sure], { mustPass }).news()).toBeUndefined();
});

it('looks again where the guard model gives no verdict, which it is asked for once', async () => {
  let asked = 0;
  const mustPass = async () => {
    asked += 1;
    throw new Error('no verdict within 10 s');
  };
  const other = { ...sure, id: 'o', articleId: 'o' };

  await expect(world([sure, other], { mustPass }).news()).rejects.toMatchObject({ code: 'not_judged' });
  expect(asked).toBe(1);
});
