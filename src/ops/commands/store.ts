// `store copy`: the store of the data folder into a database that many machines can share.
import { BotError } from '../../errors.js';
import { EXIT, type Session } from '../session.js';

export async function runStore(
  session: Session,
  options: { json?: boolean },
  args: string[],
): Promise<number> {
  const [action] = args;
  if (action !== 'copy') {
    throw new BotError('usage', `store ${action} is not known (allowed: copy)`);
  }
  const progress = session.progress();
  const copied = await session.composition
    .copyStore(session.settings(), {
      signal: session.signal,
      onProgress: (name, state) => progress.update(name, state),
    })
    .finally(progress.end);
  if (options.json) {
    await session.out(`${JSON.stringify(copied, null, 2)}\n`);
    return EXIT.done;
  }
  const rows = copied.tables.reduce((sum, table) => sum + table.rows, 0);
  const mark = session.outStyle.paint('green', '✓');
  await session.out(
    `${mark} ${copied.place}: ${rows} rows in ${copied.tables.length} tables, each the same as in the file\n`,
  );
  session.note(
    'With DATABASE_URL set the program uses it from now on; the file stays as it was. Indexes are filled by the next start or ingest, or at once: third-umpire index rebuild',
  );
  return EXIT.done;
}
