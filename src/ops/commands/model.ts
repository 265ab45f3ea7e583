// `model`: language models on this machine and the servers that are named. Fetches them, tells which are there, and what one needs to run.
import { existsSync } from 'node:fs';
import { plain } from '../../bots/terminal/style.js';
import { BotError } from '../../errors.js';
import { createRate } from '../models/download-rate.js';
import type { ModelDesk } from '../models/model-desk.js';
import { gigabytes } from '../models/plan-memory.js';
import { renderCheck, renderServers } from '../models/render-check.js';
import { EXIT, type Session } from '../session.js';

interface ModelOptions {
  json?: boolean;
  gpuMemory?: string;
  computeCapability?: string;
}

type Run = (session: Session, desk: ModelDesk, options: ModelOptions, argument?: string) => Promise<number>;

const ACTIONS: Record<string, Run> = { pull, list, check };

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

async function list({ out, outStyle }: Session, desk: ModelDesk, { json }: ModelOptions): Promise<number> {
  const models = await desk.list();
  if (json) {
    await out(`${JSON.stringify({ models }, null, 2)}\n`);
    return EXIT.done;
  }
  if (models.length === 0) {
    await out('No model is here yet; third-umpire model pull fetches the configured one\n');
  }
  for (const { bytes, file, model, problem } of models) {
    const mark = model ? outStyle.paint('green', '✓') : outStyle.paint('red', '✗');
    await out(
      `${mark} ${file}  ${gigabytes(bytes)}  ${model ? `${model.quantization}  ${plain(model.name)}` : ''}\n`,
    );
    if (problem) {
      await out(`  ${outStyle.paint('red', `└ ${plain(problem)}`)}\n`);
    }
  }
  return EXIT.done;
}

async function check(
  session: Session,
  desk: ModelDesk,
  options: ModelOptions,
  name?: string,
): Promise<number> {
  const { computeCapability, gpuMemory, json } = options;
  const gigabytesTold = gpuMemory === undefined ? undefined : Number(gpuMemory);
  const isWrong = (value: number | undefined) => value !== undefined && !(value >= 0);
  if (
    isWrong(gigabytesTold) ||
    isWrong(computeCapability === undefined ? undefined : Number(computeCapability))
  ) {
    throw new BotError('usage', '--gpu-memory takes gigabytes (16), --compute-capability a version (7.0)');
  }
  const { file } = desk.named(name);
  const isForServers = name === undefined && gpuMemory === undefined;
  const servers = isForServers ? await desk.servers() : [];
  if (servers.length > 0 && !existsSync(file)) {
    await session.out(
      json ? `${JSON.stringify({ servers }, null, 2)}\n` : renderServers(servers, session.outStyle),
    );
    return servers.some(({ model }) => model) ? EXIT.done : EXIT.failed;
  }
  const checked = await desk.check(file, {
    gpuBytes: gigabytesTold === undefined ? undefined : gigabytesTold * 1e9,
    computeCapability,
  });
  await session.out(
    json
      ? `${JSON.stringify({ ...checked, ...(servers.length > 0 ? { servers } : {}) }, null, 2)}\n`
      : renderServers(servers, session.outStyle) + renderCheck(checked, session.outStyle),
  );
  return servers.length === 0 || servers.some(({ model }) => model) ? EXIT.done : EXIT.failed;
}
