// All settings with their types and ranges. Units stand in their names; config/default.yaml says why each is as it is.
import { z } from 'zod';
import { GENERATORS, LOG_LEVELS, SCOPES } from './choices.js';
import { zoneNamed } from './digests/zone.js';
import { TEMPLATES } from './rag/adapters/llama/llama-options.js';
import { PROMPT_NAMES } from './rag/generate/prompt-presets.js';

export const GUARDS = ['none', 'llama', 'moderations', 'chat'] as const;
export const GPUS = ['auto', 'cuda', 'metal', 'vulkan', 'none'] as const;

const whole = (min: number, max: number) => z.number().int().min(min).max(max);
const real = (min: number, max: number) => z.number().min(min).max(max);

export const settingsSchema = z.strictObject({
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
  health: z.strictObject({ host: z.string().min(1).max(255), port: whole(0, 65_535) }),
  backups: z.strictObject({ keep: whole(0, 100) }),
  database: z.strictObject({
    connections: whole(2, 200),
    connectSeconds: real(0.1, 120),
    statementSeconds: real(0, 3600),
  }),
  index: z.strictObject({ snapshots: z.string() }),
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
    reranker: z.string().min(1),
    rerankWeight: real(0, 1),
    pairWeight: real(0, 4),
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
  model: z.strictObject({
    file: z.string().min(1),
    hub: z.url({ protocol: /^https?$/ }),
    gpu: z.enum(GPUS),
    gpuLayers: z.union([z.literal('max'), whole(0, 1000)]),
    contextTokens: whole(1024, 131_072),
    sequences: whole(1, 64),
    threads: whole(0, 256),
    hangSeconds: real(5, 3600),
    queue: whole(1, 10_000),
    queuePerUser: whole(1, 1000),
    queueSeconds: real(1, 3600),
    template: z.enum(TEMPLATES),
    prompt: z.enum(PROMPT_NAMES),
    openai: z.strictObject({
      connectSeconds: real(0.1, 120),
      firstTextSeconds: real(1, 3600),
      silenceSeconds: real(1, 600),
      retries: whole(0, 10),
      limit: whole(1, 1000),
      besideOwn: z.boolean(),
      servers: z
        .array(
          z.strictObject({
            url: z.url({ protocol: /^https?$/ }),
            name: z
              .string()
              .regex(/^[\w.-]{1,40}$/, 'allowed: 1 to 40 letters, figures, dots, dashes')
              .optional(),
            limit: whole(1, 1000).optional(),
          }),
        )
        .max(100),
      checkSeconds: real(0.1, 600),
      failures: whole(1, 100),
      restSeconds: real(0.1, 600),
    }),
  }),
  bots: z.strictObject({
    concurrent: whole(1, 1000),
    waiting: whole(0, 10_000),
    answerSeconds: real(5, 600),
    graceSeconds: real(0, 300),
    limits: z.strictObject({
      minutes: real(1, 1440),
      user: whole(0, 100_000),
      channel: whole(0, 100_000),
      workspace: whole(0, 100_000),
      all: whole(0, 1_000_000),
    }),
    channels: z.strictObject({ allow: z.array(z.string().min(1)), deny: z.array(z.string().min(1)) }),
    users: z.strictObject({ allow: z.array(z.string().min(1)), deny: z.array(z.string().min(1)) }),
  }),
  slack: z.strictObject({
    mode: z.enum(['socket', 'http']),
    sockets: whole(1, 10),
    port: whole(0, 65_535),
    callTimeoutSeconds: real(0.1, 60),
  }),
  conversations: z.strictObject({ retentionDays: whole(1, 3650) }),
  audit: z.strictObject({ keepDays: whole(1, 3650) }),
  digest: z.strictObject({
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    zone: z
      .string()
      .min(1)
      .max(64)
      .refine((zone) => zoneNamed(zone) !== undefined, 'is no IANA time zone, as Europe/London'),
    follow: z.array(z.string().min(1).max(80)).max(50),
    length: whole(1, 30),
    catchUpHours: real(0.1, 12),
    toldDays: whole(1, 30),
    keepDays: whole(31, 3650),
    composing: whole(1, 16),
    concurrent: whole(1, 256),
    settleSeconds: real(30, 600),
    breaking: z.strictObject({
      perDay: whole(1, 10),
      publishers: whole(2, 50),
      withinMinutes: real(5, 360),
      everyMinutes: whole(1, 60),
    }),
  }),
  scope: z.enum(SCOPES),
  moderation: z.strictObject({
    rules: z.boolean(),
    swearing: z.boolean(),
    guard: z.strictObject({
      use: z.enum(GUARDS),
      model: z.string().max(300),
      timeoutSeconds: real(0.1, 120),
    }),
  }),
  web: z.strictObject({
    enabled: z.boolean(),
    host: z.string().min(1).max(255),
    port: whole(0, 65_535),
    hosts: z.array(z.string().min(1).max(255)),
  }),
  discord: z.strictObject({
    messageContent: z.enum(['auto', 'off']),
    shards: z.union([z.literal('auto'), whole(1, 1000)]),
    sharding: z.enum(['auto', 'inside', 'processes', 'shared']),
    callTimeoutSeconds: real(0.1, 60),
  }),
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
