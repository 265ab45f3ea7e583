// `backup` and `restore`: what the bot knows, kept elsewhere and brought back.
import type { BackupFacts } from '../app.js';
import { isConfirmed } from '../confirm.js';
import { EXIT, type Session } from '../session.js';

export async function runBackup(
  session: Session,
  options: { json?: boolean },
  args: string[],
): Promise<number> {
  const backups = await session.composition.openBackups(session.settings());
  session.status('copying the store');
  const made = await backups.backUp(args[0], session.clock());
  session.status('');
  if (options.json) {
    await session.out(`${JSON.stringify(made, null, 2)}\n`);
    return EXIT.done;
  }
  const mark = session.outStyle.paint('green', '✓');
  await session.out(`${mark} ${made.place}: ${tell(made.manifest)}\n`);
  session.note('It holds what people asked and the secret of this bot: keep it where only you can read it.');
  return EXIT.done;
}

export async function runRestore(
  session: Session,
  options: { json?: boolean; yes?: boolean },
  args: string[],
): Promise<number> {
  const [source = ''] = args;
  const { dataDir } = session.settings();
  const question = `Put ${source} in the place of what is in ${dataDir}?`;
  if (!options.yes && !(await isConfirmed(session, question))) {
    session.note('Nothing was changed.');
    return EXIT.done;
  }
  const backups = await session.composition.openBackups(session.settings());
  session.status('checking the backup');
  const restored = await backups.restore(source, session.clock());
  session.status('');
  if (options.json) {
    await session.out(`${JSON.stringify(restored, null, 2)}\n`);
    return EXIT.done;
  }
  const mark = session.outStyle.paint('green', '✓');
  await session.out(`${mark} ${dataDir}: ${tell(restored.manifest)}\n`);
  if (restored.aside) {
    session.note(
      restored.canUndo
        ? `The former data are kept; undo: third-umpire restore ${restored.aside}`
        : `The former data were damaged; they lie in ${restored.aside} as they were.`,
    );
  }
  session.note('The indexes are made anew from it by the next start, ingest or question.');
  return EXIT.done;
}

function tell({ counts, files, madeAt, version }: BackupFacts): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const rows = ['articles', 'subscriptions', 'asked'].map((table) => counts[table] ?? 0);
  const [articles, subscriptions, questions] = rows;
  return `${articles} articles, ${questions} questions, ${subscriptions} subscriptions, ${(bytes / 1e6).toFixed(1)} MB, of ${madeAt.slice(0, 16).replace('T', ' ')} UTC, version ${version}`;
}
