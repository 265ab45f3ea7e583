// conversations.*, users.info and reactions.*: what a bot may read of a workspace.
import { channelOf, type Method, type MethodContext, printMessage, Refusal } from './method.js';
import { type FakeChannel, type FakeMessage, threadOf } from './state.js';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY = { channel: 'channels:history', private: 'groups:history', im: 'im:history' } as const;

const PAGE = {
  channel: 'text!',
  cursor: 'text',
  limit: 'number',
  oldest: 'text',
  latest: 'text',
  inclusive: 'boolean',
  include_all_metadata: 'boolean',
} as const;

export const conversationMethods: Record<string, Method> = {
  'conversations.history': {
    tier: 3,
    scopes: Object.values(HISTORY),
    fields: PAGE,
    run(context) {
      const channel = readableChannel(context);
      const standing = [...channel.messages.values()].filter(
        ({ threadTs, ts }) => !threadTs || threadTs === ts,
      );
      return page(context, standing.reverse());
    },
  },

  'conversations.replies': {
    tier: 3,
    scopes: Object.values(HISTORY),
    fields: { ...PAGE, ts: 'text!' },
    run(context) {
      const channel = readableChannel(context);
      const replies = threadOf(channel, String(context.arguments['ts']));
      if (replies.length === 0) {
        throw new Refusal('thread_not_found');
      }
      return page(context, replies);
    },
  },

  'conversations.info': {
    tier: 3,
    scopes: READ,
    fields: { channel: 'text!', include_num_members: 'boolean', include_locale: 'boolean' },
    run: (context) => ({ ok: true, channel: printChannel(context, channelOf(context)) }),
  },

  'conversations.open': {
    tier: 3,
    scopes: ['im:write', 'mpim:write'],
    fields: { users: 'text', channel: 'text', return_im: 'boolean' },
    run({ arguments: given, team }) {
      const user = String(given['users']);
      if (!team.users.has(user)) {
        throw new Refusal('user_not_found');
      }
      return { ok: true, channel: { id: team.direct(user).id } };
    },
  },

  'users.conversations': {
    tier: 3,
    scopes: READ,
    fields: { types: 'text', limit: 'number', cursor: 'text', exclude_archived: 'boolean', user: 'text' },
    run(context) {
      const types = String(context.arguments['types'] ?? 'public_channel').split(',');
      const kinds = types.map(
        (type) => ({ public_channel: 'channel', private_channel: 'private', im: 'im' })[type],
      );
      const user = context.arguments['user'];
      const isMember = (members: Set<string>) =>
        members.has(context.team.botUser) && (user === undefined || members.has(String(user)));
      const channels = [...context.team.channels.values()].filter(
        ({ kind, members }) => isMember(members) && kinds.includes(kind),
      );
      return {
        ok: true,
        channels: channels.map((channel) => printChannel(context, channel)),
        response_metadata: { next_cursor: '' },
      };
    },
  },

  'reactions.add': reaction((message, name, user) => {
    if (message.reactions.some((other) => other.name === name && other.user === user)) {
      throw new Refusal('already_reacted');
    }
    message.reactions.push({ name, user });
  }),

  'reactions.remove': reaction((message, name, user) => {
    const at = message.reactions.findIndex((other) => other.name === name && other.user === user);
    if (at < 0) {
      throw new Refusal('no_reaction');
    }
    message.reactions.splice(at, 1);
  }),
};

function reaction(change: (message: FakeMessage, name: string, user: string) => void): Method {
  return {
    tier: 3,
    scopes: ['reactions:write'],
    fields: { channel: 'text!', timestamp: 'text!', name: 'text!' },
    run(context) {
      const message = channelOf(context).messages.get(String(context.arguments['timestamp']));
      if (!message) {
        throw new Refusal('message_not_found');
      }
      change(message, String(context.arguments['name']), context.team.botUser);
      return { ok: true };
    },
  };
}

function readableChannel(context: MethodContext): FakeChannel {
  const channel = channelOf(context);
  const needed = HISTORY[channel.kind];
  if (!context.team.scopes.has(needed)) {
    throw new Refusal('missing_scope', { needed, provided: [...context.team.scopes].join(',') });
  }
  if (!channel.members.has(context.team.botUser)) {
    throw new Refusal('not_in_channel');
  }
  return channel;
}

/** Slack shows metadata only to those who ask for it; a cursor is the number of messages that were read. */
function page({ arguments: given, team }: MethodContext, all: FakeMessage[]) {
  const { oldest = '0', latest = '9999999999.999999', inclusive } = given as Record<string, string>;
  const from = Number(given['cursor'] ?? 0);
  const limit = Math.min(Number(given['limit'] ?? 100), 1000);
  const seen = all.filter(({ ephemeralFor, ts }) => {
    const isInside = inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
    return isInside && ephemeralFor === undefined;
  });
  const messages = seen.slice(from, from + limit).map((message) => {
    const { metadata, ...printed } = printMessage(team, message);
    return given['include_all_metadata'] && metadata ? { ...printed, metadata } : printed;
  });
  const hasMore = from + limit < seen.length;
  const more = hasMore ? { response_metadata: { next_cursor: String(from + limit) } } : {};
  return { ok: true, messages, has_more: hasMore, ...more };
}

function printChannel({ team }: MethodContext, channel: FakeChannel) {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'channel',
    is_im: channel.kind === 'im',
    is_private: channel.kind === 'private',
    is_archived: channel.isArchived,
    is_member: channel.members.has(team.botUser),
  };
}
