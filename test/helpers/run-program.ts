// Runs the program in this process: the same commands over the same files and sockets, without the second that another
// process takes to load them. For tests of what commands do; what a process does (its streams, signals, exit code) is for
// runCli.
import { vi } from 'vitest';
import { runProgram as run } from '#src/cli-program.js';
import { watch } from '../fixtures/secrets.mjs';
import type { CliResult } from './run-cli.js';

// Each run listens for a reader that has gone.
process.stdout.setMaxListeners(0);

/** One run at a time; nothing is on stdin. */
export async function runProgram(
  args: string[],
  environment: Record<string, string> = {},
): Promise<CliResult> {
  const result: CliResult = { code: null, out: '', error: '' };
  for (const [name, value] of Object.entries({ NO_COLOR: '1', ...environment })) {
    vi.stubEnv(name, value);
  }
  const streams = (['out', 'error'] as const).map((name) =>
    vi
      .spyOn(name === 'out' ? process.stdout : process.stderr, 'write')
      .mockImplementation((part, encoding?: unknown, then?: () => void) => {
        result[name] += part;
        watch(name === 'out' ? 'stdout' : 'stderr', part);
        (typeof encoding === 'function' ? encoding : then)?.();
        return true;
      }),
  );
  try {
    result.code = await run(args);
  } finally {
    for (const stream of streams) {
      stream.mockRestore();
    }
    vi.unstubAllEnvs();
  }
  return result;
}
