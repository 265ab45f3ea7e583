// What a model file says about itself, and what it takes to run it.
import { z } from 'zod';

export interface InspectOrder {
  file: string;
  contextTokens: number;
  sequences: number;
}

const count = z.number().nonnegative();
export const factsSchema = z.object({
  name: z.string(),
  architecture: z.string(),
  /** "Q4_K_M"; '' = the file does not say. */
  quantization: z.string(),
  parameters: count,
  /** 0 = no mixture of experts. */
  experts: count,
  expertsUsed: count,
  /** Tokens that it was trained to read; 0 = the file does not say. */
  trainedTokens: count,
  /** With the output layer, as llama.cpp counts. */
  layers: count,
  weightBytes: count,
  /** Bytes of weights on the GPU with so many layers there: index 0 = none, the last = all. */
  gpuWeightBytes: z.array(count),
  /** Keys and values, over all layers. */
  kvBytesPerToken: count,
  /** What computing takes beside them, as llama.cpp's own simulation says. */
  bufferBytes: count,
});
export type GgufFacts = z.output<typeof factsSchema>;

export const reportSchema = z.union([
  factsSchema,
  factsSchema.partial().extend({ problem: z.string(), wantedBytes: count.optional() }),
]);
export type InspectReport = z.input<typeof reportSchema>;
