// A question to whoever sits at the terminal.
import { createInterface } from 'node:readline/promises';
import type { Session } from './session.js';

/** Whether they say yes; true where nobody can answer, as a script has decided. */
export async function isConfirmed(
  { errorStyle, signal }: Pick<Session, 'errorStyle' | 'signal'>,
  question: string,
): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    return true;
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // The prompt takes Ctrl-C for itself; it means the command.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = await lines.question(errorStyle.paint('bold', `${question} [y/N] `), { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
