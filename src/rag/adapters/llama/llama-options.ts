// What a local model is opened with and what it tells of itself.
import type { LanguageModel } from '../../ports.js';
import type { QueueOptions } from '../fair-queue.js';

/** How a prompt is laid out; `auto` = as the model's own file says. */
export const TEMPLATES = ['auto', 'mixtral', 'mistral-v3', 'llama-2', 'llama-3', 'chatml'] as const;
/** `llama-guard`: one turn of the user, as guard models of the Llama 3 family want it; no model that writes has it. */
export const ALL_TEMPLATES = [...TEMPLATES, 'llama-guard'] as const;
export type TemplateName = (typeof ALL_TEMPLATES)[number];

export interface LlamaOptions {
  /** A GGUF file. */
  file: string;
  /** What it runs on; `auto` = the best that this machine has, `none` = the processor. */
  gpu: 'auto' | 'cuda' | 'metal' | 'vulkan' | 'none';
  /** Layers on the GPU at first; `max` = all. When memory is short, fewer are tried. */
  gpuLayers: 'max' | number;
  /** Tokens of one prompt with its answer (4096). When memory is short, fewer are tried. */
  contextTokens: number;
  /** Answers that are written at once (4), 1..64. Each takes memory for `contextTokens`. */
  sequences: number;
  /** Threads on the processor; absent = as the library chooses. */
  threads?: number | undefined;
  /** A model that shows no sign of life for so long is killed and started again (60). */
  hangSeconds: number;
  template: TemplateName;
  /** What every prompt will begin with: it is read into all slots before the first question comes; absent = nothing. */
  instructions?: string | undefined;
  queue: QueueOptions;
}

/** Counters since it was opened. Times are medians of the last 100 answers; absent = none yet. */
export interface LlamaStats {
  state: 'loading' | 'ready' | 'restarting' | 'closed';
  answers: number;
  /** From its turn to the first token. */
  firstTokenMs?: number | undefined;
  /** Of one answer, from its first token on. */
  tokensPerSecond?: number | undefined;
  /** Being written now. */
  writing: number;
  /** In the queue now. */
  waiting: number;
  /** From being asked to its turn. */
  waitMs?: number | undefined;
  promptTokens: number;
  /** Of `promptTokens`, those that a slot still held. */
  reusedTokens: number;
  /** Starts after a crash or a hang. */
  restarts: number;
  /** Of the model's process; 0 = no GPU. */
  vramBytes: number;
  /** Layers on the GPU, and of how many. */
  gpuLayers: number;
  layers: number;
  /** What it runs on: "cuda", "metal", "vulkan" or "cpu". */
  device: string;
  /** Process id of the model; absent while there is none. */
  pid?: number | undefined;
}

/** A model on this machine. */
export type LlamaModel = LanguageModel & {
  stats(): LlamaStats;
  /** Answers that it writes side by side at most, those that it writes now, and those that wait. */
  load(): { total: number; writing: number; waiting: number };
  /** Ends what is being written (`model_closed`) and the process. */
  close(): Promise<void>;
};
