// Why a model file cannot be loaded, told from what the native library wrote while it tried.
import { setTimeout as sleep } from 'node:timers/promises';
import { BotError } from '../../../errors.js';

/** What the library logs comes a moment after what it throws. */
export const LOG_DELAY_MS = 100;

const REASONS: [RegExp, (match: RegExpExecArray) => { code: string; message: string }][] = [
  [
    // Conversions of before April 2024 hold a tensor for each expert; llama.cpp reads one for all since (its issue 10244).
    /missing tensor '[^']*_exps\.weight'/,
    () => ({
      code: 'model_old_format',
      message:
        'its experts are split into single tensors, as conversions of before April 2024 have them, and are no longer read; take a newer conversion ("third-umpire model pull")',
    }),
  ],
  [
    /not within the file bounds|corrupted or incomplete|failed to read/i,
    () => ({ code: 'model_broken', message: 'the file ends too early; download it again' }),
  ],
  [
    /unknown model architecture: '([^']*)'/,
    ([, name]) => ({
      code: 'model_broken',
      message: `the architecture "${name}" is none that can write text here; take a Mixtral or another model of llama.cpp's list`,
    }),
  ],
  [
    /missing tensor '([^']*)'/,
    ([, name]) => ({
      code: 'model_broken',
      message: `it lacks the tensor "${name}"; take another conversion`,
    }),
  ],
  [
    /magic|not a gguf|invalid gguf/i,
    () => ({ code: 'model_broken', message: 'this is no GGUF file; name one that ends in .gguf' }),
  ],
];

/** `lines` are what was logged, and what was thrown at last. Codes: `model_old_format`, `model_broken`. */
export function loadFailure(file: string, lines: string[], cause?: unknown): BotError {
  const known = knownReason(lines);
  if (known) {
    return new BotError(known.code, `${file} cannot be loaded: ${known.message}`, { cause });
  }
  const last = lines.at(-1)?.trim() || 'no reason was given';
  return new BotError('model_broken', `${file} cannot be loaded as a model: ${last}`, { cause });
}

/** Whether what was logged names a fault of the file, so that reading it with fewer layers would not help. */
export async function isFileAtFault(lines: string[]): Promise<boolean> {
  await sleep(LOG_DELAY_MS);
  return knownReason(lines) !== undefined;
}

function knownReason(lines: string[]): { code: string; message: string } | undefined {
  for (const [pattern, reason] of REASONS) {
    for (const line of lines) {
      const match = pattern.exec(line);
      if (match) {
        return reason(match);
      }
    }
  }
  return undefined;
}
