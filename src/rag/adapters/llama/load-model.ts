// Loads a GGUF file into memory with a place for each answer that is written at once. What does not fit is tried
// with less, and each step is logged.
import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GgufFileType,
  GgufInsights,
  getLlama,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  LlamaLogLevel,
  type LlamaModel,
  readGgufFileInfo,
} from 'node-llama-cpp';
import { BotError, describeError } from '../../../errors.js';
import { isFileAtFault, LOG_DELAY_MS, loadFailure } from './load-failure.js';
import { type LoadStep, loadSteps } from './load-steps.js';
import type { LoadOrder } from './messages.js';

export interface LoadedModel {
  name: string;
  model: LlamaModel;
  context: LlamaContext;
  contextTokens: number;
  layers: number;
  device: string;
  vramBytes: number;
}

export interface LoadEvents {
  note: (fields: Record<string, unknown>, text: string) => void;
  /** A further part was read. */
  onStep: () => void;
}

/** Lines of the native library that are kept to explain a failure. */
const KEPT_LINES = 40;
/** Models that turn text into vectors or pictures into text: they load and write nothing. */
const MUTE = /bert|clip|whisper|t5encoder|embed/;

/** Errors: `model_missing`, `model_broken`, `model_old_format`, `model_too_big`, `gpu_missing`. */
export async function loadModel(options: LoadOrder, events: LoadEvents): Promise<LoadedModel> {
  const { file } = options;
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new BotError(
      'model_missing',
      `There is no model file ${file}; "third-umpire model pull" fetches one, or name another`,
    );
  }
  const lines: string[] = [];
  const llama = await openLibrary(options, (line) => {
    lines.push(line.trim());
    lines.splice(0, lines.length - KEPT_LINES);
  });
  try {
    const info = await readGgufFileInfo(file, { sourceType: 'filesystem', logWarnings: false });
    const { architecture, name } = info.metadata.general;
    if (MUTE.test(String(architecture))) {
      throw loadFailure(file, [`unknown model architecture: '${architecture}'`]);
    }
    const insights = await GgufInsights.from(info, llama);
    const steps = loadSteps(options, insights.totalLayers, llama.gpu !== false);
    const { context, contextTokens, model } = await tryAll(llama, insights, steps, options, {
      ...events,
      lines,
    });
    const type = GgufFileType[info.metadata.general.file_type ?? -1] ?? '';
    return {
      name: `${name || path.basename(file, '.gguf')} ${type.replace(/^(MOSTLY|ALL)_/, '')}`.trim(),
      model,
      context,
      contextTokens,
      layers: insights.totalLayers,
      device: llama.gpu || 'cpu',
      vramBytes: model.memoryUsage.vram + context.memoryUsage.vram,
    };
  } catch (error) {
    if (error instanceof BotError) {
      throw error;
    }
    await sleep(LOG_DELAY_MS);
    throw loadFailure(file, [...lines, describeError(error)], error);
  }
}

async function openLibrary({ gpu, threads }: LoadOrder, onLine: (line: string) => void): Promise<Llama> {
  try {
    const llama = await getLlama({
      gpu: gpu === 'none' ? false : gpu,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      logLevel: LlamaLogLevel.warn,
      logger: (_, line) => onLine(line),
      // Its own choice is 4 where fewer cores are free, and waiting threads spin: 300 times slower, measured.
      ...(threads || gpu === 'none' ? { maxThreads: threads ?? spareThreads() } : {}),
    });
    // One that another system has is passed over without a word.
    if (gpu !== 'auto' && gpu !== 'none' && llama.gpu !== gpu) {
      throw new Error(`the library runs on ${llama.gpu || 'the processor'} here`);
    }
    return llama;
  } catch (error) {
    const which = gpu === 'auto' || gpu === 'none' ? 'The library that runs the model' : `The GPU "${gpu}"`;
    throw new BotError(
      'gpu_missing',
      `${which} cannot be used on this machine (${describeError(error)}); check the driver, or choose gpu: none`,
      { cause: error },
    );
  }
}

async function tryAll(
  llama: Llama,
  insights: GgufInsights,
  steps: LoadStep[],
  options: LoadOrder,
  events: LoadEvents & { lines: string[] },
): Promise<{ model: LlamaModel; context: LlamaContext; contextTokens: number }> {
  let lack: unknown;
  for (const step of steps) {
    events.note({ ...step, gpu: llama.gpu || 'none' }, 'loading the model');
    try {
      if (!(await fitsGpu(llama, insights, step, options))) {
        throw new InsufficientMemoryError('less GPU memory is free than the model with its context takes');
      }
      return { ...(await tryOne(llama, step, options, events)), contextTokens: step.contextTokens };
    } catch (error) {
      // A native allocation that fails has no type of its own; on the processor alone it means a broken file.
      const isMemory = error instanceof InsufficientMemoryError;
      if (!isMemory && (step.gpuLayers === 0 || (await isFileAtFault(events.lines)))) {
        throw error;
      }
      lack = error;
      events.note({ ...step, reason: describeError(error) }, 'the model does not fit so');
    }
  }
  throw new BotError(
    'model_too_big',
    `${options.file} does not fit into the memory of this machine (${describeError(lack)}); take a smaller quantization or model, or fewer sequences`,
    { cause: lack },
  );
}

/** By the library's own estimate, so that 28 GB are not read in vain. */
async function fitsGpu(
  llama: Llama,
  insights: GgufInsights,
  { contextTokens, gpuLayers }: LoadStep,
  { sequences }: LoadOrder,
): Promise<boolean> {
  if (gpuLayers === 0) {
    return true;
  }
  const [weights, context, vram] = await Promise.all([
    insights.estimateModelResourceRequirementsV2({ gpuLayers }),
    insights.estimateContextResourceRequirementsV2({
      contextSize: contextTokens,
      modelGpuLayers: gpuLayers,
      sequences,
    }),
    llama.getVramState(),
  ]);
  return weights.gpuVram + context.gpuVram <= vram.free;
}

async function tryOne(
  llama: Llama,
  { contextTokens, gpuLayers }: LoadStep,
  options: LoadOrder,
  { onStep }: LoadEvents,
) {
  const { file, sequences, threads } = options;
  const model = await llama.loadModel({ modelPath: file, gpuLayers, onLoadProgress: onStep });
  onStep();
  try {
    const context = await model.createContext({
      contextSize: contextTokens,
      sequences,
      ...(threads || !llama.gpu ? { threads: threads ?? spareThreads() } : {}),
    });
    return { model, context };
  } catch (error) {
    await model.dispose();
    throw error;
  }
}

/**
 * One core is left to the bot, since threads that wait for a preempted one spin; but not the half of two, which costs
 * more than that on a machine that has nothing else to do (bench/RESULTS.md has both).
 */
function spareThreads(): number {
  const cores = availableParallelism();
  return cores > 2 ? cores - 1 : cores;
}
