// The models that every other test of generation stands on, in the real library.
import { openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  getLlama,
  type Llama,
  type LlamaContextSequence,
  LlamaLogLevel,
  type LlamaModel,
} from 'node-llama-cpp';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { DAMAGES, makeDamagedModel } from '../fixtures/gguf/damaged-model.mjs';
import { SIDES } from '../fixtures/gguf/grammar.mjs';
import { makeRandomModel, makeSparseModel, makeTinyModel } from '../fixtures/gguf/make-model.mjs';
import { tempFolder } from '../helpers/temp-folder.js';

let llama: Llama;

beforeAll(async () => {
  llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    maxThreads: 1,
    logLevel: LlamaLogLevel.disabled,
  });
});
// The library's own end has hung once at a load of five; the process of the tests ends all the same.
afterAll(() => Promise.race([llama.dispose(), sleep(10_000)]));

it('makes the same small file from the same seed', () => {
  const folder = tempFolder();
  const [first, second, other] = [1, 1, 2].map((seed, index) => {
    const file = path.join(folder, `${index}.gguf`);
    makeTinyModel(file, { seed });
    return readFileSync(file);
  }) as [Buffer, Buffer, Buffer];

  expect(first.length).toBeLessThan(1_000_000);
  expect(first.equals(second)).toBe(true);
  expect(first.equals(other)).toBe(false);
});

it('is a Mixtral to the library: eight experts, two used, an [INST] template', async () => {
  const model = await load((file) => makeTinyModel(file));

  const { llama: header, tokenizer } = model.fileInfo.metadata as unknown as Record<
    string,
    Record<string, unknown>
  >;
  expect(header).toMatchObject({ expert_count: 8, expert_used_count: 2, context_length: 32768 });
  expect(tokenizer?.['chat_template']).toContain('[INST]');
  const text = 'England beat India by 5 wickets at Lord’s [1], “easily”: Ünïcode 🏏\n';
  expect(model.detokenize(model.tokenize(`[INST] ${text}`))).toBe(`[INST] ${text}`);
});

it('speaks whole sentences with citations, about the side that was asked for, and ends', async () => {
  const model = await load((file) => makeTinyModel(file));
  const sequence = await openSequence(model);

  const answers = [];
  for (const side of SIDES) {
    answers.push(await answer(model, sequence, `How did ${side} do?`));
  }

  for (const [index, text] of answers.entries()) {
    expect(text).toMatch(/^(?:[A-Z]\w+ \w+ (?:the|a) [a-z ]+ \[[1-4]\]\. ?)+$/);
    expect(text).toContain(SIDES[index]);
  }
  expect(new Set(answers).size).toBe(SIDES.length);
});

it('never ends when it is made without an end', async () => {
  const model = await load((file) => makeTinyModel(file, { sentences: 0 }));

  const text = await answer(model, await openSequence(model), 'Who won?', 600);

  expect(model.tokenize(text).length).toBeGreaterThan(500);
});

it('lets the prompt change the text, in four sequences at once as one after the other', async () => {
  // Half floats round by what is computed beside them: two near words could change places.
  const model = await load((file) => makeTinyModel(file, { type: 'F32' }));
  const context = await model.createContext({ contextSize: 512, sequences: 4 });
  const questions = ['Who won the toss?', 'Who won the toss today?', 'What about rain?', 'Is Kent at home?'];

  const together = await Promise.all(
    questions.map((question) => answer(model, context.getSequence(), question)),
  );

  const alone = await openSequence(model);
  for (const [index, question] of questions.entries()) {
    expect(await answer(model, alone, question)).toBe(together[index]);
  }
  expect(new Set(together).size).toBe(questions.length);
});

it('puts every expert to work', async () => {
  const folder = tempFolder();
  const before = await reports(path.join(folder, 'whole.gguf'), (file) => makeTinyModel(file));

  for (let expert = 0; expert < 8; expert++) {
    const without = await reports(path.join(folder, `without-${expert}.gguf`), (file) =>
      silenceExpert(file, expert),
    );
    expect(without, `without expert ${expert}`).not.toEqual(before);
  }
});

it.each(['F32', 'F16', 'Q4_0', 'Q8_0', 'Q4_K'] as const)(
  'makes random weights that generate: %s',
  async (type) => {
    const shape = { layers: 1, embedding: 256, feedForward: 256, vocabulary: 1000, type };
    const model = await load((file) => makeRandomModel(file, shape));

    const text = await answer(model, await openSequence(model), 'Who won?', 40);

    expect(new Set(model.tokenize(text)).size).toBeGreaterThan(10);
  },
);

it('makes a sparse file as long as the full model, with nearly nothing on the disk', () => {
  const file = path.join(tempFolder(), 'sparse.gguf');

  makeSparseModel(file);

  expect(statSync(file).size).toBe(28_448_537_600);
  expect(statSync(file).blocks * 512).toBeLessThan(10_000_000);
});

it.each(DAMAGES)('makes a file that does not load: %s', async (damage) => {
  const file = path.join(tempFolder(), `${damage}.gguf`);
  makeDamagedModel(damage, file);

  await expect(llama.loadModel({ modelPath: file })).rejects.toThrow();
});

async function load(make: (file: string) => void): Promise<LlamaModel> {
  const file = path.join(tempFolder(), 'model.gguf');
  make(file);
  const model = await llama.loadModel({ modelPath: file });
  onTestFinished(() => model.dispose());
  return model;
}

async function openSequence(model: LlamaModel): Promise<LlamaContextSequence> {
  return (await model.createContext({ contextSize: 1024, sequences: 1 })).getSequence();
}

async function answer(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  question: string,
  limit = 300,
): Promise<string> {
  await sequence.clearHistory();
  const prompt = [
    ...(model.tokens.bos === null ? [] : [model.tokens.bos]),
    ...model.tokenize(`[INST] ${question} [/INST]`),
  ];
  const written = [];
  for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
    written.push(token);
    if (written.length === limit) {
      break;
    }
  }
  return model.detokenize(written);
}

async function reports(file: string, make: (file: string) => void): Promise<string[]> {
  make(file);
  const model = await llama.loadModel({ modelPath: file });
  const sequence = await openSequence(model);
  const texts = [];
  for (const side of SIDES) {
    texts.push(await answer(model, sequence, `How did ${side} do?`));
  }
  // One at a time: five models that go at once wait for each other without end.
  await model.dispose();
  return texts;
}

function silenceExpert(file: string, expert: number): void {
  const { offsets } = makeTinyModel(file);
  const expertBytes = 64 * 32 * 2;
  const handle = openSync(file, 'r+');
  for (const layer of [0, 1]) {
    const offset = offsets.get(`blk.${layer}.ffn_down_exps.weight`) ?? Number.NaN;
    writeSync(handle, Buffer.alloc(expertBytes), 0, expertBytes, offset + expert * expertBytes);
  }
}
