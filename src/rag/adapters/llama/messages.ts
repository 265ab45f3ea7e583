// What this program and the model's process tell each other. Both read what comes with these schemas: a process of
// another version, or one that is half dead, must not be believed.
import { z } from 'zod';
import { LOG_LEVELS } from '../../../choices.js';
import { ALL_TEMPLATES } from './llama-options.js';

const id = z.number().int().nonnegative();
const count = z.number().int().nonnegative();

const loadSchema = z.object({
  file: z.string(),
  gpu: z.enum(['auto', 'cuda', 'metal', 'vulkan', 'none']),
  gpuLayers: z.union([z.literal('max'), count]),
  contextTokens: z.number().int().positive(),
  sequences: z.number().int().min(1).max(64),
  threads: z.number().int().positive().optional(),
  template: z.enum(ALL_TEMPLATES),
  instructions: z.string().optional(),
  /** How often a sign of life is expected. */
  beatMs: z.number().positive(),
});

const promptSchema = z.object({ instructions: z.string(), content: z.string(), written: z.string() });
const samplingSchema = z.object({
  temperature: z.number().nonnegative(),
  repetitionPenalty: z.number().positive(),
  maxTokens: z.number().int().positive(),
  seed: z.number().int().nonnegative().optional(),
});

/** To the model's process. */
export const orderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('load'), options: loadSchema }),
  z.object({ type: z.literal('write'), id, prompt: promptSchema, sampling: samplingSchema }),
  z.object({ type: z.literal('cancel'), id }),
  z.object({ type: z.literal('count'), id, texts: z.array(z.string()) }),
]);

const readySchema = z.object({
  type: z.literal('ready'),
  /** "Mixtral-8x7B-Instruct-v0.1 Q4_K_M". */
  name: z.string(),
  contextTokens: count,
  gpuLayers: count,
  layers: count,
  vramBytes: z.number().nonnegative(),
  device: z.string(),
});

/** From the model's process. */
export const reportSchema = z.discriminatedUnion('type', [
  readySchema,
  /** It cannot be loaded; the process ends by itself. */
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string() }),
  z.object({
    type: z.literal('log'),
    level: z.enum(LOG_LEVELS).exclude(['silent']),
    text: z.string(),
    fields: z.record(z.string(), z.unknown()),
  }),
  /** Idle, or further than at the last one. */
  z.object({ type: z.literal('alive') }),
  /** The first token is there. */
  z.object({ type: z.literal('begun'), id, promptTokens: count, reusedTokens: count }),
  z.object({ type: z.literal('text'), id, text: z.string() }),
  /** Its slot is free again. */
  z.object({ type: z.literal('done'), id, stop: z.enum(['end', 'length', 'cancelled']), tokens: count }),
  z.object({ type: z.literal('refused'), id, code: z.string(), message: z.string() }),
  z.object({ type: z.literal('counted'), id, counts: z.array(count) }),
]);

export type LoadOrder = z.infer<typeof loadSchema>;
export type Order = z.infer<typeof orderSchema>;
export type Ready = z.infer<typeof readySchema>;
export type Report = z.infer<typeof reportSchema>;
