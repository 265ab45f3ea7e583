// What commands can do with language models on this machine, as main.ts composes it.
import type { OnProgress } from '../../domain.js';
import type { MemoryPlan } from './plan-memory.js';
import type { CapabilityNote, Gpu } from './query-gpu.js';

export interface ModelDesk {
  /** Where the model lies or will lie; absent name = the configured one. Error: `usage`. */
  named(name?: string): { name: string; file: string };
  /** Makes sure that it is there. Errors: those of `pullModel`. */
  pull(
    name: string | undefined,
    options: { signal: AbortSignal; onProgress: OnProgress },
  ): Promise<PulledModel>;
  /** Errors: `model_missing`, `model_broken`, `model_old_format`. */
  check(file: string, options?: CheckOptions): Promise<CheckedModel>;
  list(): Promise<ListedModel[]>;
  /** Asks every server of LLM_BASE_URL what it runs, all at once; [] = none is named. Rejects only for settings. */
  servers(): Promise<AskedServer[]>;
}

/** A model server and what it said; one of the last two is there. */
export interface AskedServer {
  /** As the settings name it. */
  name: string;
  url: string;
  /** Until its answer or failure. */
  ms: number;
  /** `limit`: answers at once that it is given at most. */
  model?: { name: string; contextTokens: number; limit: number } | undefined;
  problem?: string | undefined;
}

export interface CheckOptions {
  /** Plan for a GPU of so many bytes instead of this machine's; 0 = none. */
  gpuBytes?: number | undefined;
  /** "7.0"; with `gpuBytes`. */
  computeCapability?: string | undefined;
}

/** What a model file is and what this machine, or the one that is planned for, can do with it. */
export interface CheckedModel {
  file: string;
  bytes: number;
  name: string;
  architecture: string;
  quantization: string;
  parameters: number;
  experts: number;
  expertsUsed: number;
  trainedTokens: number;
  contextTokens: number;
  sequences: number;
  gpu: (Gpu & CapabilityNote) | undefined;
  plan: MemoryPlan;
  bufferBytes: number;
  /** What to change so that it runs well; [] = nothing. */
  advice: string[];
}

/** A file in the folder of models; one of the two is there. */
export interface ListedModel {
  file: string;
  bytes: number;
  model?: Pick<CheckedModel, 'name' | 'quantization'> | undefined;
  problem?: string | undefined;
}

export interface PulledModel {
  file: string;
  bytes: number;
  /** False = it was there already. */
  isNew: boolean;
  /** Whether its checksum was compared. */
  isChecked: boolean;
}
