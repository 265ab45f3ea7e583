// What NVIDIA's driver says about the first GPU, and what its compute capability means here.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Gpu {
  name: string;
  /** Bytes. */
  memory: number;
  free: number;
  /** "7.0"; '' = unknown. */
  computeCapability: string;
  driver: string;
}

const LIMIT_MS = 10_000;
const MEBIBYTE = 1_048_576;
const QUERY = 'name,memory.total,memory.free,compute_cap,driver_version';

/** Undefined = no NVIDIA GPU, or no driver that tells. `program` is another one in tests. */
export async function queryGpu(program = 'nvidia-smi'): Promise<Gpu | undefined> {
  try {
    const args = [`--query-gpu=${QUERY}`, '--format=csv,noheader,nounits'];
    const { stdout } = await promisify(execFile)(program, args, { timeout: LIMIT_MS });
    const cells = stdout.trim().split('\n', 1)[0]?.split(',') ?? [];
    const [name = '', memory = '', free = '', computeCapability = '', driver = ''] = cells.map((cell) =>
      cell.trim(),
    );
    const bytes = (text: string) => Number(text) * MEBIBYTE;
    return Number(memory) > 0
      ? { name, memory: bytes(memory), free: bytes(free), computeCapability, driver }
      : undefined;
  } catch {
    return undefined;
  }
}

export interface CapabilityNote {
  /** Native since Ampere; the reference recipe reports it. Quantized weights do not need it. */
  bfloat16: boolean;
  /** What is to be done for this card; absent = nothing. */
  advice?: string | undefined;
}

/** The shipped CUDA 13 build has code for 7.5 and later; a V100 is 7.0. */
const OLDEST_CUDA_13 = 7.5;
const OLDEST_CUDA_12 = 7;
const AMPERE = 8;

export function noteOnCapability(computeCapability: string): CapabilityNote {
  const capability = Number(computeCapability);
  const advice =
    capability >= OLDEST_CUDA_13
      ? undefined
      : capability >= OLDEST_CUDA_12
        ? `compute capability ${computeCapability} needs CUDA 12: build the image with --build-arg CUDA=12`
        : `compute capability ${computeCapability} is older than what CUDA 12 and 13 builds have code for: set model.gpu to vulkan, or take a newer card`;
  return { bfloat16: capability >= AMPERE, advice };
}
