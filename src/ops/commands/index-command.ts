// `index status` and `index rebuild`: the two indexes that are derived from the store.
import { BotError } from '../../errors.js';
import type { IndexStatus } from '../app.js';
import { EXIT, type Session } from '../session.js';

export async function runIndex(
  session: Session,
  options: { json?: boolean },
  args: string[],
): Promise<number> {
  const [action] = args;
  if (action !== 'status' && action !== 'rebuild') {
    throw new BotError('usage', `index ${action} is not known (allowed: status, rebuild)`);
  }
  const progress = session.progress();
  const onProgress = (name: string, state: { done: number; total?: number | undefined }) =>
    progress.update(name, state);
  const isRebuild = action === 'rebuild';
  const app = await session.composition.openApp(session.settings(), { download: isRebuild, onProgress });
  try {
    if (isRebuild) {
      await app.rebuild({ signal: session.signal, onProgress });
      progress.end();
    }
    const indexes = await app.indexStatus();
    const counts = await app.counts();
    const notice = app.notice();
    if (options.json) {
      await session.out(`${JSON.stringify({ ...counts, indexes, notice: notice ?? null }, null, 2)}\n`);
    } else {
      await session.out(`store: ${counts.articles} articles, ${counts.chunks} passages\n`);
      await session.out(indexes.map(lineOf).join(''));
      if (notice) {
        session.note(session.errorStyle.paint('dim', notice));
      }
    }
    return EXIT.done;
  } finally {
    await app.close();
  }
}

function lineOf({ name, kind, count, behind }: IndexStatus): string {
  return `${name}: ${count} passages, ${kind}, ${behind === 0 ? 'up to date' : `${behind} changes behind`}\n`;
}
