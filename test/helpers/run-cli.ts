// Runs the compiled program as a person would, in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';

export interface CliResult {
  code: number | null;
  out: string;
  error: string;
}

const LIMIT_MS = 30_000;

/** Starts the program; the caller ends it. */
export function startCli(args: string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, ['dist/cli.js', ...args], {
    env: { ...process.env, NO_COLOR: '1', ...environment },
  });
}

/** Runs the program to its end with `input` on stdin; killed when it takes more than 30 s. */
export async function runCli(
  args: string[],
  input = '',
  environment: NodeJS.ProcessEnv = {},
): Promise<CliResult> {
  const child = startCli(args, environment);
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const result: CliResult = { code: null, out: '', error: '' };
  child.stdout?.on('data', (part) => {
    result.out += part;
  });
  child.stderr?.on('data', (part) => {
    result.error += part;
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  result.code = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return result;
}
