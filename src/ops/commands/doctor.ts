// `doctor`: a table that a person can read in five seconds: a mark, a name, a fact, and a fix under what
// fails.
import { runChecks } from '../doctor.js';
import { EXIT, type Session } from '../session.js';

export async function runDoctor(session: Session, options: { json?: boolean }): Promise<number> {
  session.status('checking');
  const { checks, close } = session.composition.openChecks(session.settings());
  let results: Awaited<ReturnType<typeof runChecks>>;
  try {
    results = await runChecks(checks);
  } finally {
    await close();
  }
  session.status('');
  const hasFailed = results.some((result) => result.status === 'fail');
  if (options.json) {
    await session.out(`${JSON.stringify({ ok: !hasFailed, checks: results }, null, 2)}\n`);
    return hasFailed ? EXIT.failed : EXIT.done;
  }
  const style = session.outStyle;
  const marks = {
    ok: style.paint('green', '✓'),
    warn: style.paint('yellow', '!'),
    fail: style.paint('red', '✗'),
  };
  const width = Math.max(...results.map((result) => result.name.length));
  for (const { name, status, fact, fix } of results) {
    await session.out(`${marks[status]} ${name.padEnd(width)}  ${fact}\n`);
    if (fix && status !== 'ok') {
      await session.out(`  ${' '.repeat(width)}  ${style.paint('dim', `→ ${fix}`)}\n`);
    }
  }
  return hasFailed ? EXIT.failed : EXIT.done;
}
