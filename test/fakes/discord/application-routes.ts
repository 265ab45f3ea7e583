// The application: who it is, how many shards it wants, which commands it has.
import { z } from 'zod';
import type { JsonObject } from './json.js';
import { readBody } from './message-body.js';
import { userOf } from './payloads.js';
import { ok, type Route, type RouteContext } from './route.js';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const localized = z.record(z.string(), z.string()).nullish();
const option: z.ZodType<JsonObject> = z.strictObject({
  type: z.int().min(1).max(11),
  name: z
    .string()
    .regex(NAME)
    .refine((name) => name === name.toLowerCase()),
  description: z.string().min(1).max(100),
  name_localizations: localized,
  description_localizations: localized,
  required: z.boolean().optional(),
  autocomplete: z.boolean().optional(),
  min_length: z.int().min(0).max(6000).optional(),
  max_length: z.int().min(1).max(6000).optional(),
  choices: z
    .array(
      z.strictObject({ name: z.string().min(1).max(100), value: z.union([z.string().max(100), z.number()]) }),
    )
    .max(25)
    .optional(),
  options: z.lazy(() => z.array(option).max(25)).optional(),
  channel_types: z.array(z.int()).optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
});
const shared = {
  name_localizations: localized,
  description_localizations: localized,
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  integration_types: z.array(z.int().min(0).max(1)).min(1).optional(),
  contexts: z.array(z.int().min(0).max(2)).min(1).nullish(),
  nsfw: z.boolean().optional(),
};
const command = z.union([
  z.strictObject({
    ...shared,
    type: z.literal(1).optional(),
    name: z
      .string()
      .regex(NAME)
      .refine((name) => name === name.toLowerCase(), 'names are lower-case'),
    description: z.string().min(1).max(100),
    options: z
      .array(option)
      .max(25)
      .refine(
        (all) => all.every(({ required }, at) => !required || all[at - 1]?.required !== false || at === 0),
        'required options come first',
      )
      .optional(),
  }),
  z.strictObject({
    ...shared,
    type: z.union([z.literal(2), z.literal(3)]),
    name: z.string().min(1).max(32),
    description: z.literal('').optional(),
  }),
]);
export const commandsBody = z.array(command).max(110);

export interface Application {
  /** As they were registered. */
  commands: JsonObject[];
  /** Times that commands were put. */
  registrations: number;
  shards: number;
  maxConcurrency: number;
  flags: number;
}

export function applicationRoutes(application: Application, identifies: () => number): Route[] {
  function put(context: RouteContext) {
    const read = readBody(commandsBody, context.body, context.violate, context.name);
    application.registrations += 1;
    application.commands = read.map((one) => {
      const known = application.commands.find(({ name }) => name === one.name);
      const defaults = {
        type: 1,
        description: '',
        integration_types: [0],
        contexts: null,
        default_member_permissions: null,
        nsfw: false,
      };
      const id = (known?.['id'] as string | undefined) ?? context.state.nextId();
      return {
        ...defaults,
        ...one,
        id,
        application_id: context.state.bot.id,
        version: context.state.nextId(),
      } as unknown as JsonObject;
    });
    return ok(application.commands);
  }

  return [
    {
      name: 'GET /gateway/bot',
      limit: { calls: 5, seconds: 5 },
      run: ({ socketOrigin }) =>
        ok({
          url: `${socketOrigin}/gateway`,
          shards: application.shards,
          session_start_limit: {
            total: 1000,
            remaining: Math.max(0, 1000 - identifies()),
            reset_after: 86_400_000,
            max_concurrency: application.maxConcurrency,
          },
        }),
    },
    { name: 'GET /users/@me', limit: { calls: 20, seconds: 5 }, run: ({ state }) => ok(userOf(state.bot)) },
    {
      name: 'GET /users/@me/guilds',
      limit: { calls: 5, seconds: 5 },
      run: ({ state }) =>
        ok(
          [...state.guilds.values()].map(({ id, name }) => ({
            id,
            name,
            owner: false,
            permissions: '0',
            features: [],
          })),
        ),
    },
    {
      name: 'GET /applications/@me',
      limit: { calls: 5, seconds: 5 },
      run: ({ state }) =>
        ok({
          ...{
            id: state.bot.id,
            name: 'Third Umpire',
            description: '',
            icon: null,
            bot_public: true,
            flags: application.flags,
          },
          ...{
            bot_require_code_grant: false,
            verify_key: '',
            team: null,
            summary: '',
            approximate_guild_count: state.guilds.size,
          },
          integration_types_config: { 0: {}, 1: {} },
        }),
    },
    {
      name: 'GET /applications/:app/commands',
      limit: { calls: 20, seconds: 5 },
      run: () => ok(application.commands),
    },
    { name: 'PUT /applications/:app/commands', limit: { calls: 2, seconds: 10 }, run: put },
  ];
}
