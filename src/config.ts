// Where settings come from and what a wrong one says. This is the only file that
// reads the environment. Precedence: options of the command, environment, `.env` beside the configuration file, that
// file (--config, THIRD_UMPIRE_CONFIG, or third-umpire.yaml of the working folder), config/default.yaml.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { baseUrlsOf, databaseUrlOf, privateUrlOf, proxyOf, variable } from './config-addresses.js';
import { type ChromaSecrets, chromaSecretsOf } from './config-chroma.js';
import { parseYaml } from './config-file.js';
import { settingsSchema } from './config-schema.js';
import { readEnvFile } from './env-file.js';
import { BotError } from './errors.js';

export const CONFIG_FOLDER = fileURLToPath(new URL('../config', import.meta.url));
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
export interface Secrets extends ChromaSecrets {
  /** The store is there; absent = in the data folder. */
  databaseUrl?: string | undefined;
  /** Addresses of OpenAI-compatible servers, [] = none; their key and model's name. */
  llmBaseUrls: string[];
  llmApiKey?: string | undefined;
  llmModel?: string | undefined;
  /** Address and key of a server that judges questions and answers. */
  guardBaseUrl?: string | undefined;
  guardApiKey?: string | undefined;
  /** Token of the model hub, for models that want a signed-in reader. */
  hubToken?: string | undefined;
  /** What ids are hashed with; absent = made on the first start, in the data folder. */
  own?: string | undefined;
  /** Of the Slack app: its tokens, and `apiUrl` where it is not Slack's own. */
  slack: {
    botToken?: string | undefined;
    appToken?: string | undefined;
    signingSecret?: string | undefined;
    clientId?: string | undefined;
    clientSecret?: string | undefined;
    apiUrl?: string | undefined;
  };
  /** By the scheme that is asked for; `none`: hosts that are asked straight. */
  proxies: { http?: string | undefined; https?: string | undefined; none: string[] };
  /** What opens the console in the browser; needed when it is reached from other machines. */
  webToken?: string | undefined;
  /** Of the Discord bot, and `apiUrl` where it is not Discord's own. */
  discord: { token?: string | undefined; apiUrl?: string | undefined };
}

export type Settings = z.infer<typeof settingsSchema> & {
  secrets: Secrets;
  /** Folder that relative paths of the configuration start from. */
  baseDir: string;
  /** Folder of language models; a demo keeps it though its data lie elsewhere. */
  modelsDir: string;
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

/** The file that is read where none is named, and that `init` writes. */
export const OWN_CONFIG = 'third-umpire.yaml';

/** The configuration file of this run; undefined = none is named and none lies in the working folder. */
export function configInUse(
  named: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  return named || environment['THIRD_UMPIRE_CONFIG'] || (existsSync(OWN_CONFIG) ? OWN_CONFIG : undefined);
}

/** What the environment itself says of these names, without any `.env`; an empty one counts as absent. */
export function variablesOf<Name extends string>(
  names: readonly Name[],
  environment: NodeJS.ProcessEnv = process.env,
): Partial<Record<Name, string>> {
  const set = names.map((name) => [name, environment[name]?.trim()] as const).filter(([, value]) => value);
  return Object.fromEntries(set) as Partial<Record<Name, string>>;
}

/**
 * Reads, lays over each other and checks all settings. Error: `config_invalid`, one line with file, line, key,
 * what was found and what is allowed.
 */
export function loadSettings(overrides: Overrides, given: NodeJS.ProcessEnv = process.env): Settings {
  const defaults = path.join(CONFIG_FOLDER, 'default.yaml');
  const files = [defaults, ...(overrides.configFile ? [path.resolve(overrides.configFile)] : [])];
  const baseDir = path.dirname(files.at(-1) ?? defaults);
  // Variables that are set win; child processes (a browser, Chroma) inherit nothing of the file.
  const environment = overrides.configFile ? { ...readEnvFile(path.join(baseDir, '.env')), ...given } : given;
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
    baseDir,
    modelsDir: path.join(data.dataDir, 'models'),
    secrets: {
      databaseUrl: databaseUrlOf(environment['DATABASE_URL']),
      ...chromaSecretsOf(environment),
      llmBaseUrls: baseUrlsOf(environment['LLM_BASE_URL']),
      guardBaseUrl: privateUrlOf(environment['GUARD_BASE_URL']),
      guardApiKey: environment['GUARD_API_KEY']?.trim() || undefined,
      llmApiKey: environment['LLM_API_KEY']?.trim() || undefined,
      llmModel: environment['LLM_MODEL']?.trim() || undefined,
      hubToken: environment['HF_TOKEN']?.trim() || undefined,
      own: environment['THIRD_UMPIRE_SECRET'] || undefined,
      webToken: environment['THIRD_UMPIRE_WEB_TOKEN']?.trim() || undefined,
      discord: {
        token: environment['DISCORD_TOKEN']?.trim() || undefined,
        apiUrl: environment['DISCORD_API_URL']?.trim() || undefined,
      },
      slack: {
        botToken: environment['SLACK_BOT_TOKEN']?.trim() || undefined,
        appToken: environment['SLACK_APP_TOKEN']?.trim() || undefined,
        signingSecret: environment['SLACK_SIGNING_SECRET']?.trim() || undefined,
        clientId: environment['SLACK_CLIENT_ID']?.trim() || undefined,
        clientSecret: environment['SLACK_CLIENT_SECRET']?.trim() || undefined,
        apiUrl: environment['SLACK_API_URL']?.trim() || undefined,
      },
      proxies: {
        http: proxyOf(environment, 'HTTP_PROXY'),
        https: proxyOf(environment, 'HTTPS_PROXY'),
        none: (variable(environment, 'NO_PROXY') ?? '').split(/[\s,]+/).filter(Boolean),
      },
    },
  };
}

/** The feeds of a file, each address once: the first counts. Errors: `config_missing`, `config_invalid`. */
export function loadFeeds(file: string): ConfiguredFeed[] {
  const { feeds } = parseYaml([readConfigFile(file)], feedsSchema);
  return feeds.filter(({ url }, at) => feeds.findIndex((feed) => feed.url === url) === at);
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
