// Fetches a preset's weights on first use: resumable, checked, and in place only when complete.
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { request } from 'undici';
import type { OnProgress } from '../../domain.js';
import { BotError, describeError, isBotError } from '../../errors.js';
import {
  EMBEDDING_MODELS,
  type EmbeddingModel,
  MODEL_FILES,
  missingFile,
  WEIGHTS_FILE,
} from './embedding-models.js';

export interface DownloadOptions {
  /** Folder that holds one folder a model. */
  cacheDir: string;
  /** Address of the hub, "https://huggingface.co". */
  hub: string;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

const CONNECT_TIMEOUT_MS = 10_000;
const MOST_REDIRECTS = 5;
const RANGE_NOT_SATISFIABLE = 416;

/**
 * Makes sure that the preset lies complete in its folder and gives that folder. Errors: `model_unknown`,
 * `model_unreachable`, `model_checksum`; each says how to bring the files by hand.
 */
export async function ensureModel(name: string, options: DownloadOptions): Promise<string> {
  const model = EMBEDDING_MODELS[name];
  const folder = path.join(options.cacheDir, name);
  if (!model) {
    const known = Object.keys(EMBEDDING_MODELS).join(', ');
    throw new BotError(
      'model_unknown',
      `"${name}" is no embedding model (allowed: ${known}, a folder, or none)`,
    );
  }
  if (!missingFile(folder)) {
    return folder;
  }
  try {
    for (const file of MODEL_FILES) {
      await downloadFile(model, file, path.join(folder, file), options);
    }
    return folder;
  } catch (error) {
    options.signal?.throwIfAborted();
    if (isBotError(error)) {
      throw error;
    }
    throw new BotError(
      'model_unreachable',
      `${name} cannot be fetched from ${options.hub} (${describeError(error) || 'no answer'}); bring ${MODEL_FILES.join(', ')} of ${model.repository} to ${folder}`,
      { cause: error },
    );
  }
}

async function downloadFile(model: EmbeddingModel, file: string, target: string, options: DownloadOptions) {
  if (existsSync(target)) {
    return;
  }
  mkdirSync(path.dirname(target), { recursive: true });
  const part = `${target}.part`;
  const url = `${options.hub}/${model.repository}/resolve/main/${file}`;
  const have = existsSync(part) ? statSync(part).size : 0;
  const { body, checksum, isPartial, size } = await open(url, have, options.signal);
  let done = isPartial ? have : 0;
  const total = size === undefined ? undefined : done + size;
  const counted = body.map((chunk: Buffer) => {
    done += chunk.length;
    if (file === WEIGHTS_FILE) {
      options.onProgress?.({ done, total });
    }
    return chunk;
  });
  const sink = createWriteStream(part, { flags: isPartial ? 'a' : 'w' });
  await pipeline(counted, sink, options.signal ? { signal: options.signal } : {});
  if (file === WEIGHTS_FILE) {
    await checkSum(part, model.sha256 ?? checksum, url);
  }
  renameSync(part, target);
}

interface Opened {
  body: Readable;
  checksum: string | undefined;
  /** Whether the body goes on where the part ends. */
  isPartial: boolean;
  size: number | undefined;
}

/** Follows the hub to its content network; the first answer names the checksum. */
async function open(start: string, from: number, signal: AbortSignal | undefined): Promise<Opened> {
  let url = start;
  let checksum: string | undefined;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const headers = from > 0 ? { range: `bytes=${from}-` } : {};
    const response = await request(url, {
      headers,
      signal: signal ?? null,
      headersTimeout: CONNECT_TIMEOUT_MS,
    });
    checksum ??= /^"?([\da-f]{64})"?$/.exec(String(response.headers['x-linked-etag'] ?? ''))?.[1];
    const { location } = response.headers;
    if (response.statusCode >= 300 && response.statusCode < 400 && location) {
      await response.body.dump();
      url = new URL(String(location), url).href;
      continue;
    }
    if (response.statusCode === RANGE_NOT_SATISFIABLE && from > 0) {
      // We have as much as there is, or more: killed before the last step, or the file has changed.
      await response.body.dump();
      return open(start, 0, signal);
    }
    if (response.statusCode !== 200 && response.statusCode !== 206) {
      await response.body.dump();
      throw new Error(`${url} answered ${response.statusCode}`);
    }
    const length = Number(response.headers['content-length']);
    const size = Number.isFinite(length) ? length : undefined;
    return { body: Readable.from(response.body), checksum, isPartial: response.statusCode === 206, size };
  }
  throw new Error(`${start} redirects more than ${MOST_REDIRECTS} times`);
}

async function checkSum(file: string, wanted: string | undefined, url: string): Promise<void> {
  if (!wanted) {
    return;
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found !== wanted) {
    rmSync(file);
    throw new BotError(
      'model_checksum',
      `${url} arrived damaged (SHA-256 ${found.slice(0, 12)}…, not ${wanted.slice(0, 12)}…) and was deleted; run the command again`,
    );
  }
}
