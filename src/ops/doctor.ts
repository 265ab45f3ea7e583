// The checks of `doctor`: each finds one fact and, when it is bad, names the way out. A check that throws
// fails by itself; the others go on.
import { describeError } from '../errors.js';

export interface CheckResult {
  status: 'ok' | 'warn' | 'fail';
  /** What was found, in a few words. */
  fact: string;
  /** What to do about it; only with `warn` and `fail`. */
  fix?: string | undefined;
}

export interface Check {
  name: string;
  run(signal: AbortSignal): Promise<CheckResult>;
}

export type NamedResult = CheckResult & { name: string };

const CHECK_TIMEOUT_MS = 15_000;

/** Runs all checks side by side and gives their results in the checks' order. */
export async function runChecks(checks: Check[]): Promise<NamedResult[]> {
  return Promise.all(checks.map(async (check) => ({ name: check.name, ...(await runOne(check)) })));
}

async function runOne(check: Check): Promise<CheckResult> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  try {
    return await check.run(signal);
  } catch (error) {
    const late = signal.aborted ? `no answer within ${CHECK_TIMEOUT_MS / 1000} s` : describeError(error);
    return { status: 'fail', fact: late };
  }
}
