// The payloads that Slack sends, in the shapes of its published samples (docs.slack.dev/reference/events and
// /reference/interaction-payloads).
import { type Happening, printMessage } from './method.js';
import type { FakeChannel, FakeMessage, FakeTeam, JsonObject } from './state.js';

const CHANNEL_TYPE = { channel: 'channel', private: 'group', im: 'im' } as const;
export const APP_ID = 'A0000000001';
let eventCount = 0;

/** The outer event around an inner one. */
export function eventCallback(team: FakeTeam, event: JsonObject, nowMs: number): JsonObject {
  eventCount += 1;
  return {
    token: 'deprecated',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: APP_ID,
    event,
    type: 'event_callback',
    event_id: `Ev${String(eventCount).padStart(9, '0')}`,
    event_time: Math.floor(nowMs / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: team.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${eventCount}`,
  };
}

export function messageEvent(team: FakeTeam, channel: FakeChannel, message: FakeMessage): JsonObject {
  return {
    ...printMessage(team, message),
    channel: channel.id,
    event_ts: message.ts,
    channel_type: CHANNEL_TYPE[channel.kind],
    ...(message.botId ? { bot_profile: { id: message.botId, app_id: APP_ID, name: 'third-umpire' } } : {}),
  };
}

export function mentionEvent(team: FakeTeam, channel: FakeChannel, message: FakeMessage): JsonObject {
  return { ...printMessage(team, message), type: 'app_mention', channel: channel.id, event_ts: message.ts };
}

/** `message_changed` and `message_deleted`. */
export function changeEvent(happening: Happening, ts: string): JsonObject {
  const { channel, message, team } = happening;
  const common = {
    type: 'message',
    channel: channel.id,
    channel_type: CHANNEL_TYPE[channel.kind],
    hidden: true,
  };
  if (happening.type === 'deleted') {
    return {
      ...common,
      subtype: 'message_deleted',
      deleted_ts: message.ts,
      previous_message: printMessage(team, message),
      ts,
      event_ts: ts,
    };
  }
  return {
    ...common,
    subtype: 'message_changed',
    message: printMessage(team, message),
    previous_message: happening.type === 'changed' ? printMessage(team, happening.before) : {},
    ts,
    event_ts: ts,
  };
}

export function commandPayload(
  team: FakeTeam,
  channel: FakeChannel,
  user: string,
  words: { command: string; text: string },
  urls: { trigger: string; response: string },
): JsonObject {
  return {
    token: 'deprecated',
    team_id: team.id,
    team_domain: 'example',
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
    user_id: user,
    user_name: team.users.get(user)?.name ?? '',
    ...words,
    api_app_id: APP_ID,
    is_enterprise_install: 'false',
    response_url: urls.response,
    trigger_id: urls.trigger,
  };
}

/** What a press or a shortcut has in common. */
function interaction(
  team: FakeTeam,
  channel: FakeChannel,
  user: string,
  urls: { trigger: string; response: string },
) {
  return {
    user: { id: user, username: team.users.get(user)?.name ?? '', name: 'x', team_id: team.id },
    api_app_id: APP_ID,
    token: 'deprecated',
    trigger_id: urls.trigger,
    team: { id: team.id, domain: 'example' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: channel.id, name: channel.name },
    response_url: urls.response,
  };
}

export function blockActions(
  team: FakeTeam,
  channel: FakeChannel,
  user: string,
  message: FakeMessage,
  action: JsonObject,
  urls: { trigger: string; response: string },
): JsonObject {
  return {
    type: 'block_actions',
    ...interaction(team, channel, user, urls),
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: false },
    state: { values: {} },
    message: printMessage(team, message),
    actions: [action],
  };
}

/** A press in the Home tab, which is in no channel. */
export function homeAction(
  team: FakeTeam,
  user: string,
  view: JsonObject,
  action: JsonObject,
  trigger: string,
): JsonObject {
  return {
    type: 'block_actions',
    user: { id: user, username: team.users.get(user)?.name ?? '', name: 'x', team_id: team.id },
    api_app_id: APP_ID,
    token: 'deprecated',
    trigger_id: trigger,
    team: { id: team.id, domain: 'example' },
    enterprise: null,
    is_enterprise_install: false,
    container: { type: 'view', view_id: 'V0000000001' },
    view: { ...view, id: 'V0000000001', team_id: team.id, state: { values: {} } },
    actions: [action],
  };
}

export function messageAction(
  team: FakeTeam,
  channel: FakeChannel,
  user: string,
  message: FakeMessage,
  callbackId: string,
  urls: { trigger: string; response: string },
): JsonObject {
  return {
    type: 'message_action',
    callback_id: callbackId,
    action_ts: message.ts,
    message_ts: message.ts,
    ...interaction(team, channel, user, urls),
    message: printMessage(team, message),
  };
}
