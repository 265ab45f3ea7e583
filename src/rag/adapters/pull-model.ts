// Fetches a language model from the hub: which file of a repository has the quantization, with which checksum, and
// that file into its place.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Dispatcher, request } from 'undici';
import { z } from 'zod';
import { BotError, describeError, isBotError } from '../../errors.js';
import { type DownloadOptions, downloadFile } from './download-file.js';
import { createHttpAgent, type Proxies } from './http-agent.js';
import type { HubSource, NamedModel } from './language-models.js';

export interface PullOptions
  extends Pick<DownloadOptions, 'freeBytes' | 'onProgress' | 'signal' | 'tries' | 'wait'> {
  /** Address of the hub, "https://huggingface.co", or of a mirror of the same layout. */
  hub: string;
  /** Token of the hub's user, for models that want one. */
  token?: string | undefined;
  proxies?: Proxies | undefined;
}

export interface Pulled {
  file: string;
  bytes: number;
  /** False = it was there already. */
  isNew: boolean;
  /** Whether its checksum was compared; also false when it was there already. */
  isChecked: boolean;
}

const CONNECT_MS = 10_000;
const LIST_MS = 30_000;
/** A path of many parts names the first: "model-00001-of-00003.gguf". */
const FIRST_PART = /-00001-of-(\d{5})\.gguf$/;

const listSchema = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    lfs: z.object({ oid: z.string().regex(/^[\da-f]{64}$/) }).nullish(),
  }),
);

interface RemoteFile {
  url: string;
  sha256?: string | undefined;
}

/**
 * Makes sure that the model lies in its place. Errors: those of `downloadFile`, `model_missing` (a file of the operator's
 * own that is not there), `model_not_found` (no such repository, quantization or file), `model_gated`.
 */
export async function pullModel(model: NamedModel, options: PullOptions): Promise<Pulled> {
  const { file, source } = model;
  if (!source) {
    if (existsSync(file)) {
      return { file, bytes: statSync(file).size, isNew: false, isChecked: false };
    }
    throw new BotError(
      'model_missing',
      `${file} is a file of your own and is not there; name a model to fetch`,
    );
  }
  const agent = createHttpAgent(options.proxies, { connectMs: CONNECT_MS });
  const pulled: Pulled = { file, bytes: 0, isNew: false, isChecked: true };
  try {
    for (const target of partsOf(file)) {
      if (existsSync(target)) {
        pulled.bytes += statSync(target).size;
        continue;
      }
      const remote = await remoteOf(source, path.basename(target), agent, options);
      const token = 'url' in source ? undefined : options.token;
      const done = await downloadFile(remote.url, target, {
        ...options,
        agent,
        token,
        sha256: remote.sha256,
      });
      pulled.bytes += done.bytes;
      pulled.isNew = true;
      pulled.isChecked &&= done.isChecked;
    }
    return { ...pulled, isChecked: pulled.isNew && pulled.isChecked };
  } catch (error) {
    options.signal?.throwIfAborted();
    throw inWordsOf(error, source, options.hub);
  } finally {
    await agent.destroy();
  }
}

function partsOf(file: string): string[] {
  const count = Number(FIRST_PART.exec(file)?.[1] ?? 1);
  return Array.from({ length: count }, (_, i) =>
    file.replace(FIRST_PART, `-${String(i + 1).padStart(5, '0')}-of-$1.gguf`),
  );
}

async function remoteOf(
  source: HubSource | { url: string },
  name: string,
  agent: Dispatcher,
  options: PullOptions,
): Promise<RemoteFile> {
  if ('url' in source) {
    return { url: new URL(name.replaceAll(' ', '%20'), source.url).href };
  }
  const { path: filePath, repository, revision } = source;
  const address = (file: string) =>
    `${options.hub}/${repository}/resolve/${encodeURIComponent(revision)}/${file.split('/').map(encodeURIComponent).join('/')}`;
  if (filePath) {
    return { url: address(path.posix.join(path.posix.dirname(filePath), name)) };
  }
  const found = await findQuantization(source, agent, options);
  return { url: address(found.path), sha256: found.lfs?.oid };
}

/** The one file of the repository that has the quantization in its name. */
async function findQuantization(
  { quantization = '', repository, revision }: HubSource,
  agent: Dispatcher,
  options: PullOptions,
) {
  const url = `${options.hub}/api/models/${repository}/tree/${encodeURIComponent(revision)}?recursive=true`;
  const listed = listSchema.safeParse(await getJson(url, agent, options));
  if (!listed.success) {
    throw new BotError(
      'model_not_found',
      `${url} gives no list of files; name the file: hf:${repository}/FILE.gguf`,
    );
  }
  const models = listed.data.filter(
    ({ path: name, type }) => type === 'file' && /\.gguf(\.part\d+of\d+)?$/i.test(name),
  );
  const wanted = new RegExp(`(^|[./_-])${quantization.replace(/\W/g, '\\$&')}([.-]|$)`, 'i');
  const fitting = models.filter(({ path: name }) => wanted.test(name));
  const [found] = fitting.filter(
    ({ path: name }) => /\.gguf$/i.test(name) && !/-\d{5}-of-\d{5}\.gguf$/.test(name),
  );
  if (found) {
    return found;
  }
  if (fitting[0]) {
    throw new BotError(
      'model_not_found',
      `${repository} has ${quantization} in parts only; name the first: hf:${repository}/${fitting[0].path}, or choose a smaller quantization`,
    );
  }
  const names = models.map(({ path: name }) => name).join(', ');
  throw new BotError(
    'model_not_found',
    `${repository} has no ${quantization} (it has: ${names || 'no .gguf file'})`,
  );
}

async function getJson(url: string, agent: Dispatcher, { signal, token }: PullOptions): Promise<unknown> {
  const response = await request(url, {
    headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    signal: AbortSignal.any([AbortSignal.timeout(LIST_MS), ...(signal ? [signal] : [])]),
    dispatcher: agent,
  });
  if (response.statusCode !== 200) {
    await response.body.dump();
    const code = { 401: 'download_refused', 403: 'download_refused', 404: 'download_missing' }[
      response.statusCode
    ];
    throw new BotError(code ?? 'download_failed', `${url} answered ${response.statusCode}`);
  }
  return response.body.json();
}

/** A failure with the way out that this kind of source has. */
function inWordsOf(error: unknown, source: HubSource | { url: string }, hub: string): unknown {
  const reason = describeError(error) || 'no answer';
  const page = 'url' in source ? source.url : `${hub}/${source.repository}`;
  if (isBotError(error, 'download_refused')) {
    const way = `accept the licence at ${page} and set HF_TOKEN to a token of yours`;
    return new BotError('model_gated', `${reason}; ${way}, or name another model`, { cause: error });
  }
  if (isBotError(error, 'download_missing')) {
    // The hub answers so for private repositories, too.
    return new BotError('model_not_found', `${reason}; check the name at ${page}`, { cause: error });
  }
  if (isBotError(error) && error.code !== 'download_failed') {
    return error;
  }
  return new BotError(
    'download_failed',
    `${reason}; what has arrived is kept, and the command goes on from there. Behind a proxy set HTTPS_PROXY; model.hub names a mirror`,
    { cause: error },
  );
}
