// Writes answers with a loaded model, several at once, each in a slot of its own. A slot keeps what it read, and
// a prompt goes where the most of it stands already.
import { randomInt } from 'node:crypto';
import type { LlamaContextSequence, SequenceEvaluateOptions, Token } from 'node-llama-cpp';
import { BotError } from '../../../errors.js';
import type { Prompt, Sampling } from '../../ports.js';
import type { LoadedModel } from './load-model.js';
import { createRounds, type Round } from './rounds.js';
import { chooseSlot, reusable } from './slots.js';
import { createStopFilter } from './stop-filter.js';
import type { Template } from './template.js';
import { createTokenText } from './token-text.js';
import { createTokenize } from './tokenize.js';

export interface WriteOptions {
  /** Aborted = stop after the running batch. */
  signal: AbortSignal;
  onBegun: (counts: { promptTokens: number; reusedTokens: number }) => void;
  onText: (text: string) => void;
  /** A piece of the prompt was read or a token written: it is alive. */
  onStep: () => void;
}

export interface Written {
  stop: 'end' | 'length' | 'cancelled';
  tokens: number;
}

export interface Writer {
  /** Errors: `prompt_too_long`; more answers at once than there are slots are a bug of the caller. */
  write(prompt: Prompt, sampling: Sampling, options: WriteOptions): Promise<Written>;
  /** Reads what every prompt begins with into all slots; `onStep` as in `WriteOptions`. */
  warm(instructions: string, onStep: () => void): Promise<void>;
  count(text: string): number;
}

interface Slot {
  sequence: LlamaContextSequence;
  isFree: boolean;
  usedAt: number;
}

export function createWriter(loaded: LoadedModel, template: Template): Writer {
  const { context, contextTokens, model } = loaded;
  const tokenize = createTokenize(model);
  const slots = Array.from({ length: context.totalSequences }, (): Slot => {
    return { sequence: context.getSequence(), isFree: true, usedAt: 0 };
  });
  const joinRounds = createRounds();
  let uses = 0;

  function take(tokens: Token[]): Slot {
    const free = slots.filter(({ isFree }) => isFree);
    const place = chooseSlot(
      free.map(({ sequence, usedAt }) => ({ tokens: sequence.contextTokens, usedAt })),
      tokens,
    );
    const slot = free[place];
    if (!slot) {
      throw new Error('no slot is free');
    }
    uses += 1;
    slot.isFree = false;
    slot.usedAt = uses;
    return slot;
  }

  /** Reads all but the last piece; that one is read with the first token. A piece fills one batch. */
  async function read(
    { sequence }: Slot,
    tokens: Token[],
    { onStep, signal }: WriteOptions,
  ): Promise<Token[]> {
    let at = reusable(sequence.contextTokens, tokens);
    await sequence.eraseContextTokenRanges([{ start: at, end: sequence.nextTokenIndex }]);
    for (; tokens.length - at > context.batchSize && !signal.aborted; at += context.batchSize) {
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + context.batchSize));
      onStep();
    }
    return tokens.slice(at);
  }

  async function speak(
    slot: Slot,
    tokens: Token[],
    { isNew, sampling }: { isNew: boolean; sampling: Sampling },
    options: WriteOptions,
  ): Promise<Written> {
    const { onBegun, onStep, onText, signal } = options;
    const reusedTokens = reusable(slot.sequence.contextTokens, tokens);
    const rest = await read(slot, tokens, options);
    const written: Token[] = [];
    if (signal.aborted) {
      return { stop: 'cancelled', tokens: 0 };
    }
    const filter = createStopFilter(template.stops);
    const toText = createTokenText(model, tokens);
    let isFirst = isNew;
    const tell = (text: string) => {
      const shown = isFirst ? text.trimStart() : text;
      isFirst &&= shown === '';
      if (shown !== '') {
        onText(shown);
      }
    };
    let round: Round | undefined;
    const stop = await (async () => {
      for await (const token of slot.sequence.evaluate(rest, samplingOf(sampling, written))) {
        onStep();
        if (signal.aborted) {
          return 'cancelled';
        }
        if (written.length === 0) {
          onBegun({ promptTokens: tokens.length, reusedTokens });
        }
        written.push(token);
        const { isStopped, text } = filter.push(toText.push(token));
        tell(text);
        if (isStopped) {
          return 'end';
        }
        if (written.length >= sampling.maxTokens) {
          return 'length';
        }
        round ??= joinRounds(slots.indexOf(slot));
        await round.next();
      }
      return 'end';
    })().finally(() => round?.leave());
    if (stop !== 'cancelled') {
      const last = filter.push(toText.end());
      tell(last.text + (last.isStopped ? '' : filter.end()));
    }
    return { stop, tokens: written.length };
  }

  return {
    async write(prompt, sampling, options) {
      const tokens = tokenize(template.lay(prompt));
      const room = contextTokens - sampling.maxTokens;
      if (tokens.length > room) {
        throw new BotError(
          'prompt_too_long',
          `The prompt has ${tokens.length} tokens and the answer may have ${sampling.maxTokens}, of ${contextTokens} together; shorten it or give the model a larger context`,
        );
      }
      const slot = take(tokens);
      try {
        return await speak(slot, tokens, { isNew: prompt.written === '', sampling }, options);
      } finally {
        slot.isFree = true;
      }
    },

    async warm(instructions, onStep) {
      const laid = template.lay({ instructions, content: '', written: '' });
      const end = laid.findIndex(({ isMarker, text }) => !isMarker && text.endsWith(instructions));
      const tokens = tokenize(laid.slice(0, end + 1)).slice(0, contextTokens - 1);
      await Promise.all(
        slots.map(async ({ sequence }) => {
          await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice());
          onStep();
        }),
      );
    },

    count: (text) => model.tokenize(text, false).length,
  };
}

/** The penalty counts what was written, not the prompt: names and scores of the passages are to be copied. */
function samplingOf(sampling: Sampling, written: Token[]): SequenceEvaluateOptions {
  const { maxTokens, repetitionPenalty, seed, temperature } = sampling;
  return {
    temperature,
    // As the reference recipe, whose library keeps the 50 likeliest tokens and cuts no further.
    topK: 50,
    topP: 1,
    seed: seed ?? randomInt(2 ** 31),
    repeatPenalty:
      repetitionPenalty === 1
        ? false
        : { penalty: repetitionPenalty, punishTokens: () => written, maxPunishTokens: maxTokens },
  } as SequenceEvaluateOptions;
}
