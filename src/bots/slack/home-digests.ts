// The digests of the channels that somebody is in, on their Home tab. What a button there names is checked again: the
// channel must be one of theirs.
import type { types } from '@slack/bolt';
import type { ChannelPlace } from '../../digests/subscription.js';
import { followsText } from '../digest-commands.js';
import type { ChannelDigest, DigestDesk } from '../digest-desk.js';
import { daysText } from '../read-digest-words.js';
import { plainLine } from '../untrusted-text.js';
import { button } from './tail-blocks.js';
import type { SlackApi } from './web-api.js';

/** A Home tab takes 100 blocks. */
const MOST_DIGESTS = 30;
const PAGE = 200;
const MOST_PAGES = 10;

/** Names by id, of the channels that both the bot and the user are in. Error: SlackFailure. */
async function channelsOf(api: SlackApi, user: string): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const call = { user, types: 'public_channel,private_channel', exclude_archived: true, limit: PAGE };
    const { channels, response_metadata: more } = await api.once<{
      channels: { id: string; name: string }[];
      response_metadata?: { next_cursor?: string };
    }>('users.conversations', { ...call, ...(cursor ? { cursor } : {}) });
    for (const { id, name } of channels) {
      names.set(id, `#${name}`);
    }
    cursor = more?.next_cursor || undefined;
    if (!cursor) {
      break;
    }
  }
  return names;
}

/** With the name that each is shown by; `direct` = the direct messages of the user with the bot. */
export async function digestsOf(
  { api, desk }: { api: SlackApi; desk: DigestDesk },
  { direct, team, user }: { team: string; user: string; direct?: string | undefined },
): Promise<{ digest: ChannelDigest; name: string }[]> {
  const all = await desk.list('slack', team);
  const names = all.length > 0 ? await channelsOf(api, user) : new Map<string, string>();
  return all.flatMap((digest) => {
    const name = digest.channel === direct ? 'Direct messages with me' : names.get(digest.channel);
    return name === undefined ? [] : [{ digest, name }];
  });
}

/** Undefined = it is no channel of theirs. */
export async function placeFor(
  api: SlackApi,
  { channel, team, user }: { team: string; user: string; channel: string },
): Promise<ChannelPlace | undefined> {
  const names = await channelsOf(api, user);
  return names.has(channel) ? { platform: 'slack', tenant: team, channel } : undefined;
}

export function digestBlocks(digests: { digest: ChannelDigest; name: string }[]): types.KnownBlock[] {
  if (digests.length === 0) {
    const text =
      'None of your channels gets a digest yet: /cricket digest 08:00 London in a channel starts one.';
    return [words(text)];
  }
  return digests.slice(0, MOST_DIGESTS).flatMap(({ digest, name }) => {
    const { channel, days, isPaused, time, zone } = digest;
    const when = isPaused ? 'paused' : `${time}, ${zone}, ${daysText(days)}`;
    const press = (label: string, action: string) => button(label, `digest-${action}`, { c: channel });
    // Whose direct messages they are a press does not say.
    if (channel.startsWith('D')) {
      return [words(`${name} · ${when} · follows ${followsText(digest)}`)];
    }
    const buttons = [
      press('Send me one now', 'preview'),
      isPaused ? press('Resume', 'resume') : press('Pause', 'pause'),
      press('Remove', 'remove'),
    ];
    return [
      words(`${plainLine(name)} · ${when} · follows ${followsText(digest)}`),
      { type: 'actions' as const, elements: buttons },
    ];
  });
}

function words(text: string): types.KnownBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: text.slice(0, 2_000), emoji: false }] };
}
