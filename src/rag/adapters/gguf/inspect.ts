// Asks a process of its own what a model file is, so that a damaged one cannot end this one.
import { fork } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { BotError } from '../../../errors.js';
import { type GgufFacts, type InspectOrder, reportSchema } from './gguf-facts.js';

const LIMIT_MS = 60_000;

/**
 * The facts of a file that can run. Errors: `model_missing`; `model_old_format` (experts in single tensors);
 * `model_broken` (truncated, no GGUF, an architecture that cannot run, or one that ended the process that read it).
 */
export async function inspectModel(order: InspectOrder): Promise<GgufFacts> {
  const { file } = order;
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new BotError(
      'model_missing',
      `There is no model file ${file}; third-umpire model pull fetches one`,
    );
  }
  const answer = await ask(order);
  if (answer === undefined) {
    throw new BotError(
      'model_broken',
      `${file} cannot be read: the library that reads it broke off; fetch it again`,
    );
  }
  const report = reportSchema.parse(answer);
  if ('problem' in report) {
    throw failureOf(file, report);
  }
  return report;
}

function failureOf(
  file: string,
  {
    architecture,
    problem,
    wantedBytes,
  }: { problem: string; architecture?: string | undefined; wantedBytes?: number | undefined },
): BotError {
  switch (problem) {
    case 'old-format':
      return new BotError(
        'model_old_format',
        `${file} holds each expert in tensors of its own, as conversions of before April 2024 do; they are no longer read. Take a newer conversion: third-umpire model pull`,
      );
    case 'truncated': {
      const sizes = wantedBytes ? `: ${statSync(file).size} of ${wantedBytes} bytes` : '';
      return new BotError('model_broken', `${file} ends too early${sizes}; delete it and fetch it again`);
    }
    case 'no-gguf':
      return new BotError(
        'model_broken',
        `${file} is no GGUF file; take one that ends in .gguf and begins with "GGUF"`,
      );
    case 'architecture':
      return new BotError(
        'model_broken',
        `${file} is of the architecture "${architecture}", which cannot run here`,
      );
    default:
      return new BotError('model_broken', `${file} cannot be read: ${problem}`);
  }
}

/** What the process tells; undefined = it ended without a word. */
async function ask(order: InspectOrder): Promise<unknown> {
  const child = fork(new URL('./inspect-process.js', import.meta.url), { stdio: 'ignore', execArgv: [] });
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  try {
    return await new Promise((resolve) => {
      child.once('message', resolve);
      child.once('error', () => resolve(undefined));
      child.once('exit', () => resolve(undefined));
      child.send(order, () => {});
    });
  } finally {
    clearTimeout(timer);
    child.kill();
  }
}
