// `model`: language models on this machine. Fetches them, tells which are there, and what one needs to run.
import { BotError } from '../../errors.js';
import { createRate } from '../models/download-rate.js';
import type { ModelDesk } from '../models/model-desk.js';
import { EXIT, type Session } from '../session.js';

interface ModelOptions {
  json?: boolean;
}

type Run = (session: Session, desk: ModelDesk, options: ModelOptions, argument?: string) => Promise<number>;

const ACTIONS: Record<string, Run> = { pull };

export async function runModel(session: Session, options: ModelOptions, args: string[]): Promise<number> {
  const [name = '', argument] = args;
  const action = ACTIONS[name];
  if (!action) {
    throw new BotError('usage', `model ${name} is not known (allowed: ${Object.keys(ACTIONS).join(', ')})`);
  }
  return action(session, await session.composition.openModels(session.settings()), options, argument);
}

async function pull(
  session: Session,
  desk: ModelDesk,
  options: ModelOptions,
  name?: string,
): Promise<number> {
  const { file } = desk.named(name);
  const label = file.split(/[\\/]/).at(-1) ?? file;
  const progress = session.progress();
  const rate = createRate(() => performance.now());
  const megabytes = (bytes: number) => Math.floor(bytes / 1e6);
  let isMoving = false;
  const pulled = await desk
    .pull(name, {
      signal: session.signal,
      onProgress({ done, total }) {
        isMoving = true;
        progress.update(label, {
          done: megabytes(done),
          total: total === undefined ? undefined : megabytes(total),
          note: rate.note(done, total),
        });
      },
    })
    .finally(() => isMoving && progress.end());
  if (options.json) {
    await session.out(`${JSON.stringify(pulled, null, 2)}\n`);
    return EXIT.done;
  }
  const { isChecked, isNew, bytes } = pulled;
  const how = isNew
    ? isChecked
      ? 'checksum as the hub names it'
      : 'the server names no checksum, so it was not compared'
    : 'it was there already';
  const mark = session.outStyle.paint('green', '✓');
  await session.out(`${mark} ${pulled.file} (${(bytes / 1e9).toFixed(1)} GB; ${how})\n`);
  session.note(`What it needs to run: third-umpire model check ${pulled.file}`);
  return EXIT.done;
}
