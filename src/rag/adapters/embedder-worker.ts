// The thread behind embedder.ts: one model, loaded once, never from the network.
import path from 'node:path';
import { env, type FeatureExtractionPipeline, pipeline } from '@xenova/transformers';
import { workerData } from 'piscina';

const { folder, pooling, threads } = workerData as {
  folder: string;
  pooling: 'mean' | 'cls';
  threads: number;
};
env.allowRemoteModels = false;
env.localModelPath = path.dirname(folder);

let model: Promise<FeatureExtractionPipeline> | undefined;

function loaded(): Promise<FeatureExtractionPipeline> {
  model ??= pipeline('feature-extraction', path.basename(folder), {
    dtype: 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
  return model;
}

/** Loads the model and gives the length of its vectors. */
export async function load(): Promise<number> {
  return (await embed('cricket')).length;
}

/** The vector of a text, of length 1. */
export async function embed(text: string): Promise<Float32Array> {
  const extract = await loaded();
  const result = await extract(text, { pooling, normalize: true });
  return Float32Array.from(result.data as Float32Array);
}
