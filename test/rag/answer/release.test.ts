import { expect, it, onTestFinished } from 'vitest';
import type { AnswerEvent } from '#src/domain.js';
import { createCiter } from '#src/rag/answer/cite.js';
import { type Released, releaseText } from '#src/rag/answer/release.js';
import type { Generator } from '#src/rag/generate/generate.js';
import { aPassage, aQuery } from '../../helpers/builders.js';
import { byCharacter, createScriptedGenerator, type Script } from '../../helpers/scripted.js';

const signal = new AbortController().signal;
const sources = ['a', 'b', 'c'].map((articleId) => {
  const passage = aPassage({ articleId });
  return { passage, context: passage.text };
});

/** Sentences with the word "wrong" are not borne out. */
async function released(generator: Generator, lead = '') {
  const events: AnswerEvent[] = [];
  const request = {
    question: '',
    query: aQuery({}),
    sources,
    evidence: { sentences: [], confidence: 1 },
    earlier: [],
  };
  const run = releaseText(
    {
      generator,
      citer: createCiter(),
      proofs: {
        isGrounded: (sentence) => !sentence.includes('wrong'),
        quoteOf: (sentence) => sentence,
        attribute: (sentence, all) => (sentence.includes('unmarked') ? all[1] : undefined),
        premiseOf: () => undefined,
        withSubject: (text) => text,
        isOwnWords: () => true,
        conflictOf: (sentence, _, all) =>
          sentence.includes('24 crore') && all[2]
            ? { about: 'the amount', ours: '24 crore', theirs: '25 crore', source: all[2] }
            : undefined,
      },
      lead,
    },
    request,
    signal,
  );
  let step: IteratorResult<AnswerEvent, Released>;
  for (step = await run.next(); !step.done; step = await run.next()) {
    events.push(step.value);
  }
  const text = events.map((event) => (event.type === 'delta' ? event.text : '')).join('');
  return { events, text, result: step.value };
}
const scripted = (says: Script<never>['says']) =>
  createScriptedGenerator({ says: says as string | string[] });

it('lets the cited source speak where a sentence failed twice', async () => {
  const text = 'Quill made 71 in the final.';
  const passage = aPassage({ articleId: 'd', text });
  sources.push({ passage, context: text });
  onTestFinished(() => void sources.pop());

  const { result, text: told } = await released(scripted('Quill made a wrong 81 in the final [4].'));

  expect(told).toBe(`${text} [1]`);
  expect(result).toMatchObject({ dropped: 0, shown: [{ text }] });
});

it('shows sound sentences, numbered in the order of their use', async () => {
  const { events, result, text } = await released(scripted('Harbour won [3]. Quill made 71 [1][3].'));

  expect(text).toBe('Harbour won. [1] Quill made 71. [2][1]');
  expect(events.map(({ type }) => type)).toEqual(['citation', 'delta', 'citation', 'delta']);
  expect(result).toMatchObject({ dropped: 0, declined: false });
});

it('shows the same for markers split anywhere', async () => {
  const generator = createScriptedGenerator({
    says: 'Harbour won. [3] Quill made 71 [1, 3].',
    split: byCharacter,
  });

  expect((await released(generator)).text).toBe('Harbour won. [1] Quill made 71. [2][1]');
});

it('asks once again where a sentence failed, telling what stood there', async () => {
  const generator = scripted(['Harbour won [1]. A wrong one [2]. More [3].', 'A right one [2]. More [3].']);

  const { result, text } = await released(generator);

  expect(text).toBe('Harbour won. [1] A right one. [2] More. [3]');
  expect(generator.asked.map(({ again }) => again)).toEqual([
    undefined,
    { written: 'Harbour won [1]. ', rejected: 'A wrong one [2].' },
  ]);
  expect(result.dropped).toBe(0);
});

it('drops what fails twice, counts it and goes on', async () => {
  const generator = scripted(['A wrong one [2]. More [3].', 'Still wrong [2]. More [3].']);

  const { result, text } = await released(generator);

  expect(text).toBe('More. [1]');
  expect(result.dropped).toBe(1);
  expect(generator.asked).toHaveLength(2);
});

it('comes to an end with a writer that is always wrong', async () => {
  const generator = scripted('One wrong [1]. Two wrong [1]. Three wrong [1]. ');

  const { result, text } = await released(generator);

  expect(text).toBe('');
  expect(result.dropped).toBeGreaterThan(0);
  expect(generator.asked.length).toBeLessThanOrEqual(5);
});

it('stops the run whose sentence failed', async () => {
  const generator = createScriptedGenerator({
    says: ['A wrong one [2]. And so on and on for ever [1].', 'Right [1].'],
    beforePiece: () => new Promise((resolve) => setImmediate(resolve)),
  });

  expect((await released(generator)).text).toBe('Right. [1]');
  expect(generator.aborts).toBe(1);
  expect(generator.pieces.join('')).not.toContain('ever');
});

it.each(['Harbour won.', 'Harbour won [4].', 'Harbour won [0].', 'Harbour won [1][9].'])(
  'never shows a sentence without passages that exist: %s',
  async (says) => {
    expect(await released(scripted(says))).toMatchObject({ text: '', result: { dropped: 1 } });
  },
);

it('lets a marker stand for the sentences before it in its paragraph', async () => {
  const { text } = await released(scripted('Harbour won. Quill made 71 [2].\nIt rained.\nMore [1].'));

  expect(text).toBe('Harbour won. [1] Quill made 71. [1] More. [2]');
});

it('shows no sentence that was cut off', async () => {
  const generator = createScriptedGenerator({ says: 'Harbour won [1]. Quill was not [1]', stop: 'length' });

  expect((await released(generator)).text).toBe('Harbour won. [1]');
});

it('shows no sentence twice, also when the writer begins anew', async () => {
  const { result, text } = await released(scripted('One [1]. One [2]. A wrong one [2]. Two [3].'));

  expect(text).toBe('One. [1] Two. [2]');
  expect(result.dropped).toBe(1);
});

it('hears when the writer declines', async () => {
  expect((await released(scripted('Not enough evidence: nobody says so.'))).result.declined).toBe(true);
});

it('puts the lead before the first sentence alone', async () => {
  const { text } = await released(scripted('One [1]. Two [1].'), 'Sources say otherwise: ');

  expect(text).toBe('Sources say otherwise: One. [1] Two. [1]');
});

it('finds the source of a sentence without a marker', async () => {
  expect((await released(scripted('One [1].\nAn unmarked one.'))).text).toBe('One. [1] An unmarked one. [2]');
});

it('tells before a sentence that a source differs, once', async () => {
  const { events, result, text } = await released(
    scripted('He cost 24 crore [1]. Yes, 24 crore [1].'),
    'Lead: ',
  );

  expect(text).toBe(
    "Umpire's call: sources differ on the amount.\n24 crore [1] · 25 crore [2]\nHe cost 24 crore. [1] Yes, 24 crore. [1]",
  );
  expect(events.map(({ type }) => type)).toEqual(['citation', 'citation', 'delta', 'delta', 'delta']);
  expect(result.differs).toBe(true);
});

it('shows no address that a writer made up', async () => {
  const says =
    'Harbour won, see https://evil.example/x?y=1 [1]. More at [our site](http://evil.example) [2]. Or www.evil.example. [3]';

  const { text } = await released(scripted(says));

  expect(text).toBe('Harbour won, see. [1] More at our site. [2] Or. [3]');
});
