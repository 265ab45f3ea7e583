// Channels and threads, direct messages, and what a bot can ask of servers.
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { z } from 'zod';
import { readBody } from './message-body.js';
import { channelOf, guildOf, memberOf } from './payloads.js';
import { missingAccess, Refusal } from './refusal.js';
import {
  created,
  messageIn,
  need,
  nothing,
  ok,
  type Route,
  type RouteContext,
  visibleChannel,
} from './route.js';
import { type FakeChannel, type FakeGuild, isThread } from './state.js';

const P = PermissionFlagsBits;
const archive = z.union([z.literal(60), z.literal(1440), z.literal(4320), z.literal(10_080)]);
const threadBody = z.strictObject({
  name: z.string().min(1).max(100),
  auto_archive_duration: archive.optional(),
  rate_limit_per_user: z.int().min(0).max(21_600).nullish(),
  // discord.js sends it where it is of no use, and Discord passes it over.
  type: z.int().optional(),
});
const channelBody = z.strictObject({
  name: z.string().min(1).max(100).optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  auto_archive_duration: archive.optional(),
});
const directBody = z.strictObject({ recipient_id: z.string().regex(/^\d+$/) });

/** Kinds of channels in which a message can open a thread. */
const WITH_THREADS = [ChannelType.GuildText, ChannelType.GuildAnnouncement];

function openThread(context: RouteContext, messageId: string | undefined) {
  const channel = visibleChannel(context);
  const { state } = context;
  if (!WITH_THREADS.includes(channel.type)) {
    throw new Refusal(400, 50024, 'Cannot execute action on this channel type');
  }
  need(context, channel, P.CreatePublicThreads);
  const { name } = readBody(threadBody, context.body, context.violate, context.name);
  const message = messageId === undefined ? undefined : messageIn(channel, messageId);
  if (message && state.channels.has(message.id)) {
    throw new Refusal(400, 160004, 'A thread has already been created for this message');
  }
  // A thread that a message opens has the message's id.
  const thread = state.thread(channel, name, message?.id, state.bot.id);
  if (message) {
    message.flags |= 1 << 5;
    context.changed(message);
  }
  context.threadMade(thread);
  return created(channelOf(thread));
}

function guildIn({ params, state }: RouteContext): FakeGuild {
  const guild = state.guilds.get(params['guild'] ?? '');
  if (!guild?.members.has(state.bot.id)) {
    throw missingAccess();
  }
  return guild;
}

export const channelRoutes: Route[] = [
  {
    name: 'GET /channels/:channel',
    limit: { calls: 20, seconds: 5 },
    run: (context) => ok(channelOf(visibleChannel(context))),
  },
  {
    name: 'PATCH /channels/:channel',
    limit: { calls: 5, seconds: 5 },
    run(context) {
      const channel = visibleChannel(context);
      const body = readBody(channelBody, context.body, context.violate, context.name);
      if (!isThread(channel) || channel.ownerId !== context.state.bot.id) {
        need(context, channel, isThread(channel) ? P.ManageThreads : P.ManageChannels);
      }
      channel.name = body.name ?? channel.name;
      channel.isArchived = body.archived ?? channel.isArchived;
      context.threadChanged(channel);
      return ok(channelOf(channel));
    },
  },
  {
    name: 'POST /channels/:channel/messages/:message/threads',
    limit: { calls: 50, seconds: 300 },
    run: (context) => openThread(context, context.params['message']),
  },
  {
    name: 'POST /channels/:channel/threads',
    limit: { calls: 50, seconds: 300 },
    run: (context) => openThread(context, undefined),
  },
  {
    name: 'PUT /channels/:channel/thread-members/@me',
    limit: { calls: 5, seconds: 5 },
    run(context) {
      visibleChannel(context).members.add(context.state.bot.id);
      return nothing();
    },
  },
  {
    name: 'POST /users/@me/channels',
    limit: { calls: 10, seconds: 10 },
    run(context) {
      const { recipient_id: id } = readBody(directBody, context.body, context.violate, context.name);
      const user = context.state.users.get(id);
      if (!user || user.isBot) {
        throw new Refusal(400, 50033, 'Invalid Recipient(s)');
      }
      return ok(channelOf(context.state.direct(user)));
    },
  },
  {
    name: 'GET /guilds/:guild',
    limit: { calls: 20, seconds: 5 },
    run: (context) => ok(guildOf(guildIn(context))),
  },
  {
    name: 'GET /guilds/:guild/channels',
    limit: { calls: 20, seconds: 5 },
    run(context) {
      const found = [...guildIn(context).channelIds].map(
        (id) => context.state.channels.get(id) as FakeChannel,
      );
      return ok(found.map(channelOf));
    },
  },
  {
    name: 'GET /guilds/:guild/members/:user',
    limit: { calls: 20, seconds: 5 },
    run(context) {
      const guild = guildIn(context);
      const user = context.state.users.get(context.params['user'] ?? '');
      if (!user || !guild.members.has(user.id)) {
        throw new Refusal(404, 10007, 'Unknown Member');
      }
      return ok(memberOf(guild, user));
    },
  },
];
