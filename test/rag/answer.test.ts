import { expect, it } from 'vitest';
import type { AnswerEvent, Passage, Question } from '#src/domain.js';
import { createAsk, LONGEST_QUESTION } from '#src/rag/answer.js';
import type { Draft, Generator } from '#src/rag/generate.js';
import type { Query } from '#src/rag/understand.js';
import { aPassage } from '../helpers/builders.js';

const never = new AbortController().signal;
const final = aPassage({ articleId: 'a', publishedAt: '2023-12-19T10:00:00.000Z' });
const coach = aPassage({
  articleId: 'b',
  title: 'Valley sign a coach',
  publishedAt: '2023-12-18T10:00:00.000Z',
});
const rain = aPassage({ articleId: 'c', title: 'Rain', publishedAt: '2023-12-20T10:00:00.000Z' });
const fifth = aPassage({ articleId: 'd', title: 'More rain' });

interface Parts {
  passages?: Passage[];
  draft?: Draft;
  chunkCount?: number;
  newest?: string | undefined;
  minConfidence?: number;
  generate?: Generator['generate'];
}

function askerOf(parts: Parts) {
  const {
    chunkCount = 1234,
    draft,
    generate,
    minConfidence = 0.5,
    passages = [final, coach, rain, fifth],
  } = parts;
  const newest = 'newest' in parts ? parts.newest : '2023-12-20T10:00:00.000Z';
  const searched: Query[] = [];
  const read: Passage[][] = [];
  const ask = createAsk(
    {
      retrieve: async (query) => {
        searched.push(query);
        return passages;
      },
      generator: {
        name: 'test',
        generate: async (query, given, signal) => {
          read.push(given);
          return generate?.(query, given, signal) ?? draft ?? { sentences: [], confidence: 0 };
        },
      },
      lexical: {
        frequencies: async (terms) => ({ total: 9, counts: terms.map(() => 1) }),
        closest: async (words) => words.map(() => undefined),
      },
      findNames: () => [],
      findPublishers: async () => [],
      clock: () => new Date('2023-12-19T15:05:00Z'),
      chunks: { countChunks: async () => chunkCount, newestArticle: async () => newest },
    },
    { minConfidence },
  );
  return { ask, searched, read };
}

async function eventsOf(ask: ReturnType<typeof createAsk>, parts: Partial<Question> = {}, signal = never) {
  const events: AnswerEvent[] = [];
  for await (const event of ask({ id: '1', text: 'Who won the final?', ...parts }, signal)) {
    events.push(event);
  }
  return events;
}

async function answerOf(parts: Parts, question: Partial<Question> = {}) {
  const done = (await eventsOf(askerOf(parts).ask, question)).at(-1);
  if (done?.type !== 'done') {
    throw new Error('the last event is not `done`');
  }
  return done.answer;
}

const sentence = (text: string, ...passages: Passage[]) => ({ text, passages });

it('tells what it does, then text, then its sources, then the whole', async () => {
  const { ask } = askerOf({ draft: { sentences: [sentence('Harbour won.', final)], confidence: 0.9 } });

  const events = await eventsOf(ask);

  expect(events.map((event) => ('text' in event ? event.text : event.type))).toEqual([
    'searching 1,234 passages',
    'reading 4 articles',
    'Harbour won. [1]',
    'citation',
    'done',
  ]);
});

it('numbers sources in the order of first use, each article once, with the words that rest on it', async () => {
  const again = { ...final, ordinal: 1, id: 'a:1' };
  const sentences = [
    sentence('Valley have a coach.', coach),
    sentence('Harbour won.', final),
    sentence('Quill made 71.', again, coach),
    sentence('Harbour won.', final),
  ];

  const answer = await answerOf({ draft: { sentences, confidence: 0.9 } });

  expect(answer.text).toBe(
    'Valley have a coach. [1] Harbour won. [2] Quill made 71. [2][1] Harbour won. [2]',
  );
  expect(answer.citations).toEqual([
    {
      n: 1,
      url: 'https://example.com/b',
      title: 'Valley sign a coach',
      publisher: 'Example Cricket',
      publishedAt: '2023-12-18T10:00:00.000Z',
      quote: 'Valley have a coach. … Quill made 71.',
    },
    expect.objectContaining({ n: 2, url: 'https://example.com/a', quote: 'Harbour won. … Quill made 71.' }),
  ]);
  expect(answer).toMatchObject({ abstained: false, asOf: '2023-12-19T10:00:00.000Z', generator: 'test' });
  expect(answer.retrieved).toHaveLength(4);
});

it('says that there is not enough evidence, and shows the nearest headlines', async () => {
  const weak: Draft = { sentences: [sentence('Harbour won.', final)], confidence: 0.49 };
  const twice = [final, { ...final, ordinal: 1 }, coach, rain, fifth];

  const answer = await answerOf({ draft: weak, passages: twice });

  expect(answer.text).toBe(
    'Not enough evidence: none of the 1,234 passages (newest: 2023-12-20) answers this.',
  );
  expect([answer.abstained, answer.asOf]).toEqual([true, undefined]);
  expect(answer.citations.map(({ n, quote, title }) => [n, title, quote])).toEqual([
    [1, 'Harbour win the final', 'Harbour win the final'],
    [2, 'Valley sign a coach', 'Valley sign a coach'],
    [3, 'Rain', 'Rain'],
  ]);
});

it('shows a draft that is just sure enough', async () => {
  const draft: Draft = { sentences: [sentence('Harbour won.', final)], confidence: 0.5 };

  expect((await answerOf({ draft })).abstained).toBe(false);
});

it('shows nothing without sentences, however sure', async () => {
  expect((await answerOf({ draft: { sentences: [], confidence: 1 } })).abstained).toBe(true);
});

it('says that nothing is indexed yet', async () => {
  const answer = await answerOf({ passages: [], chunkCount: 0, newest: undefined });

  expect(answer.text).toBe('Not enough evidence: no articles are indexed yet.');
  expect(answer.citations).toEqual([]);
});

it('answers from given texts without searching, and marks each of them', async () => {
  const { ask, read, searched } = askerOf({
    chunkCount: 0,
    newest: undefined,
    generate: async (_, [one, two]) => ({
      sentences: one && two ? [sentence('Harbour won.', one), sentence('It rained.', two)] : [],
      confidence: 1,
    }),
  });

  const done = (await eventsOf(ask, { passages: ['Harbour won.', 'It rained.'] })).at(-1);

  expect(searched).toEqual([]);
  expect(read[0]?.map(({ text }) => text)).toEqual(['Harbour won.', 'It rained.']);
  expect(done).toMatchObject({ answer: { text: 'Harbour won. [1] It rained. [2]', asOf: undefined } });
});

it('searches for a follow-up in the light of the question before', async () => {
  const { ask, searched } = askerOf({});

  await eventsOf(ask, { text: 'and who bowled best?', earlier: ['Who won the Coast final?'] });

  expect(searched[0]?.terms).toEqual(['won', 'coast', 'final', 'bowled', 'best']);
});

it.each(['', '   \n'])('refuses an empty question (%j)', async (text) => {
  await expect(eventsOf(askerOf({}).ask, { text })).rejects.toMatchObject({ code: 'question_empty' });
});

it('refuses a question that is too long rather than cutting it', async () => {
  const { ask, searched } = askerOf({});

  await eventsOf(ask, { text: 'x'.repeat(LONGEST_QUESTION) });
  await expect(eventsOf(ask, { text: 'x'.repeat(LONGEST_QUESTION + 1) })).rejects.toMatchObject({
    code: 'question_too_long',
    message: expect.stringContaining('2,001 characters; at most 2,000'),
  });

  expect(searched).toHaveLength(1);
});

it('shows nothing after an abort', async () => {
  const abort = new AbortController();
  const { ask } = askerOf({
    generate: async () => {
      abort.abort(new Error('given up'));
      return { sentences: [sentence('Harbour won.', final)], confidence: 1 };
    },
  });

  await expect(eventsOf(ask, {}, abort.signal)).rejects.toThrow('given up');
});
