// All settings: their shapes, where they come from and what a wrong one says. This is the only file that
// reads the environment. Precedence: options of the command, environment, --config FILE, config/default.yaml.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parseYaml } from './config-file.js';
import { BotError } from './errors.js';
import { LOG_LEVELS } from './log.js';

export const CONFIG_FOLDER = fileURLToPath(new URL('../config/', import.meta.url));
export const GENERATORS = ['auto', 'llama', 'openai', 'extractive'] as const;
export const SCOPES = ['cricket', 'any'] as const;

const whole = (min: number, max: number) => z.number().int().min(min).max(max);
const real = (min: number, max: number) => z.number().min(min).max(max);

const settingsSchema = z.strictObject({
  dataDir: z.string().min(1),
  logLevel: z.enum(LOG_LEVELS),
  feeds: z.strictObject({
    file: z.string().min(1),
    userAgent: z.string().min(1).max(200),
    allowHosts: z.array(z.string().min(1)),
    concurrency: whole(1, 64),
    pageConcurrency: whole(1, 16),
    headersTimeoutSeconds: real(1, 120),
    totalTimeoutSeconds: real(1, 600),
    maxFeedMegabytes: real(1, 50),
    maxPageMegabytes: real(1, 50),
  }),
  retention: z.strictObject({ days: whole(0, 36_500) }),
  pages: z.strictObject({ workers: whole(1, 16), deadlineSeconds: real(1, 60), browser: z.string().min(1) }),
  chunks: z
    .strictObject({
      style: z.enum(['sentences', 'reference']),
      size: whole(100, 1200),
      overlap: whole(0, 600),
    })
    .refine(({ overlap, size }) => overlap < size, { path: ['overlap'], message: 'must be less than size' }),
  embedding: z.strictObject({
    model: z.string().min(1),
    threads: whole(1, 64),
    hub: z.url({ protocol: /^https?$/ }),
    download: z.boolean(),
  }),
  chroma: z.strictObject({ mode: z.enum(['auto', 'exact']), startTimeoutSeconds: real(1, 120) }),
  retrieval: z.strictObject({
    limit: whole(1, 100),
    candidates: whole(10, 500),
    perArticle: whole(1, 20),
    denseWeight: real(0, 1),
    pairWeight: real(0, 4),
    headlineWeight: real(0, 4),
    articleWeight: real(0, 1),
    publisherWeight: real(0, 1),
    dateWeight: real(0, 1),
    sideWeight: real(0, 1),
    repetition: real(0, 1),
  }),
  answers: z.strictObject({
    generator: z.enum(GENERATORS),
    maxWords: whole(10, 300),
    minConfidence: real(0, 1),
  }),
  scope: z.enum(SCOPES),
});

/** The settings as a JSON schema in which every key may be absent: a file of one's own holds only changes. */
export function configJsonSchema(): object {
  const optional = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(optional);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const { required: _, ...rest } = value as Record<string, unknown>;
    return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, optional(inner)]));
  };
  return optional(z.toJSONSchema(settingsSchema)) as object;
}

const feedsSchema = z.strictObject({
  feeds: z.array(
    z.strictObject({
      url: z.url({ protocol: /^https?$/ }),
      publisher: z.string().min(1).optional(),
      pages: z.enum(['follow', 'feed-only']).default('follow'),
      skipPaths: z.array(z.string().min(1)).default([]),
    }),
  ),
});

export type ConfiguredFeed = z.infer<typeof feedsSchema>['feeds'][number];

/** Secrets and addresses of the environment. Never logged. */
export interface Secrets {
  chromaUrl?: string | undefined;
  chromaApiKey?: string | undefined;
  /** By the scheme that is asked for; `none`: hosts that are asked straight. */
  proxies: { http?: string | undefined; https?: string | undefined; none: string[] };
}

export type Settings = z.infer<typeof settingsSchema> & {
  secrets: Secrets;
  /** Folder that relative paths of the configuration start from. */
  baseDir: string;
};

/** What the options of a command change; absent = as configured. */
export interface Overrides {
  configFile?: string | undefined;
  dataDir?: string | undefined;
  logLevel?: string | undefined;
  allowHosts?: string[] | undefined;
  embeddingModel?: string | undefined;
  scope?: string | undefined;
  generator?: string | undefined;
}

/**
 * Reads, lays over each other and checks all settings. Error: `config_invalid`, one line with file, line, key,
 * what was found and what is allowed.
 */
export function loadSettings(overrides: Overrides, environment: NodeJS.ProcessEnv = process.env): Settings {
  const defaults = path.join(CONFIG_FOLDER, 'default.yaml');
  const files = [defaults, ...(overrides.configFile ? [path.resolve(overrides.configFile)] : [])];
  const settings = parseYaml(files.map(readConfigFile), settingsSchema);
  const changed = {
    ...settings,
    // An empty variable counts as absent; resolved, it would be the folder that the command runs in.
    dataDir: path.resolve(overrides.dataDir || environment['THIRD_UMPIRE_DATA_DIR'] || settings.dataDir),
    logLevel: overrides.logLevel ?? settings.logLevel,
    feeds: { ...settings.feeds, allowHosts: [...settings.feeds.allowHosts, ...(overrides.allowHosts ?? [])] },
    embedding: { ...settings.embedding, model: overrides.embeddingModel ?? settings.embedding.model },
    answers: { ...settings.answers, generator: overrides.generator ?? settings.answers.generator },
    scope: overrides.scope ?? settings.scope,
  };
  const { data, error } = settingsSchema.safeParse(changed);
  if (error) {
    const [issue] = error.issues;
    throw new BotError(
      'config_invalid',
      `${issue?.path.join('.')}: not allowed as an option (${issue?.message})`,
    );
  }
  return {
    ...data,
    baseDir: path.dirname(files.at(-1) ?? defaults),
    secrets: {
      chromaUrl: environment['CHROMA_URL'] || undefined,
      chromaApiKey: environment['CHROMA_API_KEY'] || undefined,
      proxies: {
        http: proxyOf(environment, 'HTTP_PROXY'),
        https: proxyOf(environment, 'HTTPS_PROXY'),
        none: (variable(environment, 'NO_PROXY') ?? '').split(/[\s,]+/).filter(Boolean),
      },
    },
  };
}

/** Proxies are named in capitals or small letters, as curl and others do; an empty one counts as absent. */
function variable(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name] || environment[name.toLowerCase()] || undefined;
}

function proxyOf(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = variable(environment, name);
  const address = value && !value.includes('://') ? `http://${value}` : value;
  if (address && !(URL.canParse(address) && /^https?:$/.test(new URL(address).protocol))) {
    // The value may hold a password, so it is not repeated.
    throw new BotError(
      'config_invalid',
      `${name} is no address of a proxy (allowed: http://[USER:PASSWORD@]HOST:PORT)`,
    );
  }
  return address;
}

/** The feeds of a file. Errors: `config_missing`, `config_invalid`. */
export function loadFeeds(file: string): ConfiguredFeed[] {
  return parseYaml([readConfigFile(file)], feedsSchema).feeds;
}

/** Where the configured feeds file lies: beside the given configuration, else beside the default one. */
export function feedsFile(settings: Settings): string {
  const { file } = settings.feeds;
  return path.isAbsolute(file)
    ? file
    : path.join(file === 'feeds.yaml' ? CONFIG_FOLDER : settings.baseDir, file);
}

/** Whether people who see this output want colours (no-color.org). */
export function wantsColours(environment: NodeJS.ProcessEnv = process.env): boolean {
  return !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}

function readConfigFile(file: string): { file: string; text: string } {
  try {
    return { file: path.relative(process.cwd(), file) || file, text: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new BotError(
      'config_missing',
      `${file} cannot be read; check the path given with --config or --feeds`,
      {
        cause: error,
      },
    );
  }
}
