// What an app does beside chatting: it says who it is, opens sockets, is installed, shows a Home tab, and tells in an
// assistant pane what it is doing.
import { checkBlocks } from './check-blocks.js';
import { channelOf, type Method, type MethodContext, Refusal } from './method.js';
import type { FakeChannel, FakeTeam, JsonObject } from './state.js';

/** Slack wipes a status line after so long. */
export const STATUS_LIFE_MS = 2 * 60_000;
const PROMPTS = 4;

export const appMethods: Record<string, Method> = {
  'auth.test': {
    tier: 'status',
    scopes: [],
    fields: {},
    run: ({ team }) => ({
      ok: true,
      url: 'https://example.slack.com/',
      team: team.name,
      user: 'third-umpire',
      team_id: team.id,
      user_id: team.botUser,
      bot_id: team.botId,
      is_enterprise_install: false,
    }),
  },

  'apps.connections.open': {
    tier: 'open',
    scopes: 'app',
    fields: {},
    run: ({ socketUrl }) => ({ ok: true, url: socketUrl() }),
  },

  'oauth.v2.access': {
    tier: 4,
    scopes: 'none',
    fields: { client_id: 'text', client_secret: 'text', code: 'text!', redirect_uri: 'text' },
    run({ arguments: given, install }) {
      const team = install(String(given['code']));
      if (!team) {
        throw new Refusal('invalid_code');
      }
      return installed(team);
    },
  },

  'views.publish': {
    tier: 4,
    scopes: [],
    fields: { user_id: 'text!', view: 'json!', hash: 'text' },
    run({ arguments: given, team }) {
      const view = given['view'] as JsonObject;
      if (view['type'] !== 'home') {
        throw new Refusal('invalid_arguments');
      }
      checkBlocks(view['blocks'], true);
      if (!team.users.has(String(given['user_id']))) {
        throw new Refusal('user_not_found');
      }
      team.homes.set(String(given['user_id']), view);
      return { ok: true, view: { ...view, id: 'V0000000001', team_id: team.id } };
    },
  },

  'assistant.threads.setStatus': {
    tier: 'status',
    scopes: ['assistant:write', 'chat:write'],
    fields: { channel_id: 'text!', thread_ts: 'text!', status: 'text', loading_messages: 'json' },
    run(context) {
      const { arguments: given, clock, violate } = context;
      const { channel, threadTs } = threadOfCall(context);
      const status = String(given['status'] ?? '');
      if (status.length > 50) {
        violate(`assistant.threads.setStatus: ${status.length} characters do not fit a line`);
      }
      if (status === '') {
        channel.statuses.delete(threadTs);
      } else {
        channel.statuses.set(threadTs, { text: status, until: clock.now() + STATUS_LIFE_MS });
      }
      return { ok: true };
    },
  },

  'assistant.threads.setTitle': {
    tier: 'status',
    scopes: ['assistant:write'],
    fields: { channel_id: 'text!', thread_ts: 'text!', title: 'text!' },
    run(context) {
      const { channel, threadTs } = threadOfCall(context, true);
      const pane = channel.panes.get(threadTs);
      channel.panes.set(threadTs, { prompts: [], ...pane, title: String(context.arguments['title']) });
      return { ok: true };
    },
  },

  'assistant.threads.setSuggestedPrompts': {
    tier: 'status',
    scopes: ['assistant:write'],
    fields: { channel_id: 'text!', thread_ts: 'text', prompts: 'json!', title: 'text' },
    run(context) {
      const { channel, threadTs } = threadOfCall(context, true);
      const prompts = context.arguments['prompts'] as JsonObject[];
      const isGood = prompts.every(
        ({ message, title }) => typeof message === 'string' && typeof title === 'string',
      );
      if (prompts.length === 0 || prompts.length > PROMPTS || !isGood) {
        context.violate(
          `assistant.threads.setSuggestedPrompts: 1 to ${PROMPTS} prompts with title and message`,
        );
        throw new Refusal('invalid_arguments');
      }
      channel.panes.set(threadTs, { ...channel.panes.get(threadTs), prompts });
      return { ok: true };
    },
  },
};

function threadOfCall(context: MethodContext, isPane = false): { channel: FakeChannel; threadTs: string } {
  const channel = channelOf(context, 'channel_id');
  const threadTs = String(context.arguments['thread_ts']);
  if (isPane && channel.kind !== 'im') {
    throw new Refusal('channel_type_not_supported');
  }
  if (!channel.members.has(context.team.botUser)) {
    throw new Refusal('not_in_channel');
  }
  if (!channel.messages.has(threadTs) && !channel.panes.has(threadTs)) {
    throw new Refusal('thread_not_found');
  }
  return { channel, threadTs };
}

/** What an installation gives (docs.slack.dev/reference/methods/oauth.v2.access). */
function installed(team: FakeTeam): JsonObject {
  return {
    ok: true,
    access_token: team.botToken,
    token_type: 'bot',
    scope: [...team.scopes].join(','),
    bot_user_id: team.botUser,
    app_id: 'A0000000001',
    team: { id: team.id, name: team.name },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: team.user('installer') },
  };
}
