import { expect, it } from 'vitest';
import type { AnswerEvent, Passage, Question } from '#src/domain.js';
import { BotError } from '#src/errors.js';
import type { Proofs } from '#src/rag/answer/proofs.js';
import { createAsk } from '#src/rag/answer.js';
import type { Evidence } from '#src/rag/evidence/evidence.js';
import { createExtractiveGenerator, type Generator } from '#src/rag/generate/generate.js';
import type { Verdict } from '#src/rag/guard/scope.js';
import { createNameFinder, type FindNames } from '#src/rag/understand/names.js';
import { LONGEST_QUESTION } from '#src/rag/understand/question.js';
import type { Query } from '#src/rag/understand/understand.js';
import { BY_WORDS_ALONE } from '../helpers/asker.js';
import { aPassage } from '../helpers/builders.js';
import { createScriptedGenerator } from '../helpers/scripted.js';

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
  onBreak?: (error: unknown) => void;
  passages?: Passage[];
  evidence?: Evidence;
  chunkCount?: number;
  newest?: string | undefined;
  minConfidence?: number;
  generator?: Generator;
  isGrounded?: (sentence: string) => boolean;
  premiseOf?: Proofs['premiseOf'];
  withSubject?: Proofs['withSubject'];
  findNames?: FindNames;
  verdict?: Verdict;
}

function askerOf(parts: Parts) {
  const {
    chunkCount = 1234,
    evidence = { sentences: [], confidence: 0 },
    generator = createExtractiveGenerator(),
    isGrounded = () => true,
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
      assess: async (_, given) => {
        read.push(given);
        return evidence;
      },
      generator,
      onBreak: parts.onBreak,
      scope: async () => parts.verdict,
      proofs: {
        isGrounded,
        quoteOf: (text) => text,
        attribute: () => undefined,
        isOwnWords: () => true,
        conflictOf: () => undefined,
        premiseOf: parts.premiseOf ?? (() => undefined),
        withSubject: parts.withSubject ?? ((text) => text),
      },
      ...BY_WORDS_ALONE,
      findNames: parts.findNames ?? BY_WORDS_ALONE.findNames,
      clock: () => new Date('2023-12-19T15:05:00Z'),
      chunks: {
        countChunks: async () => chunkCount,
        newestArticle: async () => newest,
        neighbours: async () => new Map(),
      },
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

const findNames = createNameFinder({
  names: [
    { kind: 'team', name: 'Harbour', aliases: [] },
    { kind: 'side', name: 'women', aliases: [] },
  ],
  capitalsOnly: [],
  capitalisedOnly: [],
});
const sentence = (text: string, passage: Passage) => ({ text, passage });

it('tells what it does, then text, then its sources, then the whole', async () => {
  const { ask } = askerOf({ evidence: { sentences: [sentence('Harbour won.', final)], confidence: 0.9 } });

  const events = await eventsOf(ask);

  expect(events.map((event) => ('text' in event ? event.text : event.type))).toEqual([
    'searching 1,234 passages',
    'reading 4 articles',
    'citation',
    'Harbour won. [1]',
    'done',
  ]);
});

it('asks back when the evidence holds several meanings, and answers a choice', async () => {
  const men = aPassage({ articleId: 'a', title: '', text: 'Harbour win the final.' });
  const women = aPassage({ articleId: 'b', title: '', text: "Harbour win the women's final." });
  const passages = [men, women];
  const evidence = { sentences: [sentence("Harbour win the women's final.", women)], confidence: 0.9 };
  const { ask } = askerOf({ passages, evidence, findNames });

  const asked = await eventsOf(ask, { text: 'Did Harbour win the final?' });
  const chosen = await eventsOf(ask, { text: 'Harbour women', earlier: ['Did Harbour win the final?'] });

  expect(asked.map(({ type }) => type)).toEqual(['status', 'choices', 'done']);
  expect(asked[1]).toEqual({ type: 'choices', choices: ['Harbour men', 'Harbour women'] });
  expect(asked.at(-1)).toMatchObject({
    answer: {
      text: 'Which do you mean: Harbour men or Harbour women?',
      choices: ['Harbour men', 'Harbour women'],
      abstained: true,
      citations: [],
    },
  });
  expect(chosen.at(-1)).toMatchObject({ answer: { abstained: false } });
});

it('numbers sources in the order of first use, each article once, with the words that rest on it', async () => {
  const again = { ...final, ordinal: 1, id: 'a:1' };
  const sentences = [
    sentence('Valley have a coach.', coach),
    sentence('Harbour won.', final),
    sentence('Quill made 71.', again),
  ];

  const passages = [final, coach, rain, fifth, again];
  const answer = await answerOf({ evidence: { sentences, confidence: 0.9 }, passages });

  expect(answer.text).toBe('Valley have a coach. [1] Harbour won. [2] Quill made 71. [2]');
  expect(answer.citations).toEqual([
    {
      n: 1,
      url: 'https://example.com/b',
      title: 'Valley sign a coach',
      publisher: 'Example Cricket',
      publishedAt: '2023-12-18T10:00:00.000Z',
      quote: 'Valley have a coach.',
    },
    expect.objectContaining({ n: 2, url: 'https://example.com/a', quote: 'Harbour won. … Quill made 71.' }),
  ]);
  expect(answer).toMatchObject({
    abstained: false,
    asOf: '2023-12-19T10:00:00.000Z',
    generator: 'extractive',
  });
  expect(answer.retrieved).toHaveLength(5);
});

it('says that there is not enough evidence, and shows the nearest headlines', async () => {
  const weak: Evidence = { sentences: [sentence('Harbour won.', final)], confidence: 0.49 };
  const twice = [final, { ...final, ordinal: 1 }, coach, rain, fifth];

  const answer = await answerOf({ evidence: weak, passages: twice });

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
  const evidence: Evidence = { sentences: [sentence('Harbour won.', final)], confidence: 0.5 };

  expect((await answerOf({ evidence })).abstained).toBe(false);
});

it('shows nothing without sentences, however sure', async () => {
  expect((await answerOf({ evidence: { sentences: [], confidence: 1 } })).abstained).toBe(true);
});

it('says that nothing is indexed yet', async () => {
  const answer = await answerOf({ passages: [], chunkCount: 0, newest: undefined });

  expect(answer.text).toBe(
    'Not enough evidence: no articles are indexed yet ("third-umpire ingest" reads the feeds).',
  );
  expect(answer.citations).toEqual([]);
});

it('answers from given texts without searching, and marks each of them', async () => {
  const { ask, read, searched } = askerOf({
    chunkCount: 0,
    newest: undefined,
    evidence: { sentences: [sentence('any', final)], confidence: 1 },
    generator: createScriptedGenerator({ says: 'Harbour won [1]. It rained [2].' }),
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
  expect(await eventsOf(askerOf({}).ask, { text })).toMatchObject([
    { type: 'error', code: 'question_empty' },
  ]);
});

it('refuses a question that is too long rather than cutting it', async () => {
  const { ask, searched } = askerOf({});

  await eventsOf(ask, { text: 'x'.repeat(LONGEST_QUESTION) });
  const refused = await eventsOf(ask, { text: 'x'.repeat(LONGEST_QUESTION + 1) });

  expect(refused).toMatchObject([
    { code: 'question_too_long', message: expect.stringContaining('2,001 characters; at most 2,000') },
  ]);
  expect(searched).toHaveLength(1);
});

const enough: Evidence = { sentences: [sentence('Harbour won.', final)], confidence: 1 };

it('shows nothing after an abort', async () => {
  const abort = new AbortController();
  const generator = createScriptedGenerator({
    says: 'Harbour won [1]. It rained [2].',
    beforePiece: async (piece) => {
      if (piece.includes('rained')) {
        abort.abort(new Error('given up'));
      }
    },
  });
  const { ask } = askerOf({ evidence: enough, generator });

  await expect(eventsOf(ask, {}, abort.signal)).rejects.toThrow('given up');
  expect(generator.aborts).toBe(1);
});

it('asks a model at half the confidence, and takes its word when it declines', async () => {
  const generator = createScriptedGenerator({ says: 'Not enough evidence.' });
  const unsure: Evidence = { ...enough, confidence: 0.3, missing: 'who won the final' };

  const answer = await answerOf({ evidence: unsure, generator });
  const unasked = await answerOf({ evidence: { ...unsure, confidence: 0.2 }, generator });

  expect(answer).toMatchObject({ abstained: true, verdict: 'not-enough', dropped: 0 });
  expect(answer.text).toMatch(/ says who won the final\.$/);
  expect(unasked.abstained).toBe(true);
  expect(generator.asked).toHaveLength(1);
});

it('says that there is not enough evidence when nothing that was written holds', async () => {
  const generator = createScriptedGenerator({ says: 'Valley won [1].' });

  const answer = await answerOf({ evidence: enough, generator, isGrounded: () => false });

  expect(answer).toMatchObject({ abstained: true, dropped: 1 });
});

it('opens with what the sources say otherwise', async () => {
  const answer = await answerOf({ evidence: { ...enough, verdict: 'otherwise' } });

  expect(answer).toMatchObject({ verdict: 'otherwise', text: 'Sources say otherwise: Harbour won. [1]' });
});

it('says what the sources say otherwise even where little speaks for an answer', async () => {
  const sentences = [sentence('Harbour won.', final), sentence('It rained.', rain)];

  const answer = await answerOf({
    evidence: { sentences, confidence: 0.1 },
    premiseOf: (_, [first]) => first,
  });

  expect(answer).toMatchObject({
    abstained: false,
    verdict: 'otherwise',
    text: 'Sources say otherwise: Harbour won. [1]',
  });
});

it('names whom a quotation calls he, where that is borne out, and cites its own words', async () => {
  const won = aPassage({ articleId: 'a', text: 'He won.' });
  const parts = {
    passages: [won],
    evidence: { sentences: [sentence('He won.', won)], confidence: 0.9 },
    withSubject: () => '[Quill] won.',
  };

  expect((await answerOf(parts)).text).toBe('[Quill] won. [1]');
  expect((await answerOf({ ...parts, isGrounded: (text) => text === 'He won.' })).text).toBe('He won. [1]');
});

it('tells of no agreement with a source that it does not cite', async () => {
  const text = 'Harbour won the final by six wickets.';
  const [own, other] = ['a', 'b'].map((articleId) => aPassage({ articleId, publisher: articleId, text })) as [
    Passage,
    Passage,
  ];
  const parts = { passages: [own, other] };
  const one = { sentences: [sentence(text, own)], confidence: 0.9 };
  const both = { sentences: [sentence(text, own), sentence('Harbour won.', other)], confidence: 0.9 };

  expect((await answerOf({ ...parts, evidence: one })).publishersAgree).toBe(1);
  expect((await answerOf({ ...parts, evidence: both })).publishersAgree).toBe(2);
});

it('keeps what was shown when the model fails while it writes, and shows the articles that it found', async () => {
  const error = new BotError('model_crashed', 'The model restarted while writing.');
  const generator = createScriptedGenerator({
    says: 'Harbour won [1]. It rained.',
    failAfter: { pieces: 4, error },
  });

  const events = await eventsOf(askerOf({ evidence: enough, generator }).ask);

  const apology = '\nThe model restarted while writing. Here are the articles I had found: [1][2][3]';
  const shown = events.flatMap((event) => (event.type === 'delta' ? [event.text] : []));
  expect(shown).toEqual(['Harbour won. [1]', apology]);
  expect(events.at(-1)).toMatchObject({
    type: 'done',
    answer: {
      text: `Harbour won. [1]${apology}`,
      brokeOff: 'model_crashed',
      abstained: false,
      citations: [{ url: final.url }, { url: coach.url }, { url: rain.url }],
    },
  });
});

it('shows nobody the address of a model server or what it said, but logs it', async () => {
  const error = new BotError(
    'model_broke_off',
    'The model at http://10.0.0.7/v1 broke off: out of memory on gpu-3',
  );
  const generator = createScriptedGenerator({ says: 'Harbour', failAfter: { pieces: 0, error } });
  const failures: unknown[] = [];

  const events = await eventsOf(
    askerOf({ evidence: enough, generator, onBreak: (failure) => void failures.push(failure) }).ask,
  );

  expect(JSON.stringify(events)).not.toMatch(/10\.0\.0\.7|gpu-3/);
  expect(events.at(-1)).toMatchObject({
    answer: { text: expect.stringMatching(/^The model broke off while writing\. Here are/) },
  });
  expect(failures).toEqual([error]);
});

it('says nothing but that when nothing was shown, and calls it no answer', async () => {
  const error = new BotError('model_hung', 'The model restarted while writing');
  const generator = createScriptedGenerator({ says: 'Harbour', failAfter: { pieces: 0, error } });

  const answer = await answerOf({ evidence: enough, generator });

  expect(answer).toMatchObject({
    text: 'The model restarted while writing. Here are the articles I had found: [1][2][3]',
    abstained: true,
    asOf: undefined,
  });
});

it('tells any other failure of the generator as an event', async () => {
  const error = new BotError('model_busy', 'Busy: 32 questions are waiting. Ask again in a minute.');
  const generator = createScriptedGenerator({ says: 'Harbour', failAfter: { pieces: 0, error } });

  const events = await eventsOf(askerOf({ evidence: enough, generator }).ask);

  expect(events.at(-1)).toEqual({ type: 'error', code: error.code, message: error.message });
});

it('tells its place in the queue of a shared model, and passes on who asks', async () => {
  const asked: (string | undefined)[] = [];
  const generator: Generator = {
    name: 'shared',
    style: 'writes',
    async generate({ user }, { onText, onWait }) {
      asked.push(user);
      onWait?.({ ahead: 2, seconds: 20 });
      await new Promise((resolve) => setImmediate(resolve));
      onText('Harbour won [1].');
      return { stop: 'end' };
    },
  };

  const events = await eventsOf(askerOf({ evidence: enough, generator }).ask, { user: 'u7' });

  const statuses = events.flatMap((event) => (event.type === 'status' ? [event.text] : []));
  expect(statuses.at(-1)).toBe('Two questions before yours, about 20 s.');
  expect(asked).toEqual(['u7']);
});

it('answers a question of doubtful scope where articles do, and says that they do not where they do not', async () => {
  const answered = await answerOf({ verdict: 'doubtful', evidence: enough });
  const declined = await answerOf({ verdict: 'doubtful' });

  expect(answered.refused).toBeUndefined();
  expect(answered.abstained).toBe(false);
  expect(declined).toMatchObject({ refused: 'doubtful', citations: [] });
  expect(declined.text).toMatch(/^I found nothing on that/);
  const empty = await answerOf({ verdict: 'doubtful', passages: [], chunkCount: 0, newest: undefined });
  expect(empty.refused).toBeUndefined();
  expect(empty.verdict).toBe('not-enough');
});

it('declines what is out of scope before it searches', async () => {
  const { ask, searched } = askerOf({ verdict: 'scope' });

  const done = (await eventsOf(ask)).at(-1);

  expect(done).toMatchObject({ type: 'done', answer: { refused: 'scope' } });
  expect(searched).toEqual([]);
});
