// How a language model is named, and which file on this machine that means. A name always means the same file, so
// that a model that was fetched once is found without asking anybody.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BotError } from '../../errors.js';

export interface LanguageModelPreset {
  /** `hf:USER/REPOSITORY:QUANTIZATION`. */
  uri: string;
  /** Size of the file in bytes, roughly: said before the hub tells the exact one. */
  bytes: number;
}

/** One word in the configuration each. `small` is for machines without a big GPU. */
export const LANGUAGE_MODELS: Record<string, LanguageModelPreset> = {
  mixtral: { uri: 'hf:mradermacher/Mixtral-8x7B-Instruct-v0.1-GGUF:Q4_K_M', bytes: 28.5e9 },
  small: { uri: 'hf:bartowski/Mistral-7B-Instruct-v0.3-GGUF:Q4_K_M', bytes: 4.4e9 },
};

/** Where a model comes from, and where its file lies or will lie. */
export interface NamedModel {
  /** As it was named. */
  name: string;
  /** Absolute path. */
  file: string;
  /** Absent = a file of the operator's own, which nobody fetches. */
  source?: HubSource | { url: string } | undefined;
}

/** A file of a repository on the hub: by its quantization, or by its path. */
export interface HubSource {
  repository: string;
  /** "main" unless said otherwise. */
  revision: string;
  quantization?: string | undefined;
  path?: string | undefined;
}

const HUB_NAME = /^hf:([\w.-]+\/[\w.-]+)(?::([\w.-]+)|\/([\w./-]+\.gguf))?(?:#([\w./-]+))?$/;

/** `modelsDir` holds what is fetched. Error: `usage`. */
export function namedModel(name: string, modelsDir: string): NamedModel {
  const uri = LANGUAGE_MODELS[name]?.uri ?? name;
  const inModels = (file: string) => path.join(modelsDir, path.posix.basename(file));
  if (uri.startsWith('hf:')) {
    const [, repository = '', quantization = 'Q4_K_M', filePath, revision = 'main'] =
      HUB_NAME.exec(uri) ?? [];
    if (repository === '' || filePath?.split('/').includes('..')) {
      throw new BotError(
        'usage',
        `"${name}" is no model of the hub (allowed: hf:USER/REPOSITORY:Q4_K_M or hf:USER/REPOSITORY/FILE.gguf)`,
      );
    }
    const model = (repository.split('/')[1] ?? '').replace(/-GGUF$/i, '');
    return filePath
      ? { name, file: inModels(filePath), source: { repository, revision, path: filePath } }
      : {
          name,
          file: inModels(`${model}.${quantization}.gguf`),
          source: { repository, revision, quantization },
        };
  }
  if (/^https?:\/\//i.test(uri)) {
    const url = URL.canParse(uri) ? new URL(uri) : undefined;
    if (!url || !/\.gguf$/i.test(url.pathname)) {
      throw new BotError('usage', `"${name}" is no address of a model file (it should end in .gguf)`);
    }
    return { name, file: inModels(decodeURIComponent(url.pathname)), source: { url: url.href } };
  }
  if (!/\.gguf$/i.test(uri)) {
    const known = Object.keys(LANGUAGE_MODELS).join(', ');
    throw new BotError(
      'usage',
      `"${name}" is no model (allowed: ${known}, hf:USER/REPOSITORY:QUANTIZATION, an address, or a .gguf file)`,
    );
  }
  // A bare name may mean a file that was fetched.
  const isFetched = !/[\\/]/.test(uri) && !existsSync(uri) && existsSync(inModels(uri));
  return { name, file: isFetched ? inModels(uri) : path.resolve(uri) };
}
