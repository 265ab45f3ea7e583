// The addresses that Slack gives with a command or a press: five answers within half an hour, seen by one or by all,
// or put in the place of the message that was pressed.

import type { FakeClock } from '../clock.js';
import { checkBlocks } from './check-blocks.js';
import { Refusal } from './method.js';
import type { FakeChannel, FakeMessage, FakeTeam, JsonObject } from './state.js';

const LIFE_MS = 30 * 60_000;
const ANSWERS = 5;
const FIELDS = [
  'text',
  'blocks',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'unfurl_links',
  'unfurl_media',
];

export interface ResponseUrls {
  /** The path of a new address. */
  make(team: FakeTeam, channel: FakeChannel, user: string, message?: FakeMessage): string;
  /** What is posted to it; gives the HTTP status. */
  answer(path: string, body: JsonObject): number;
}

export function createResponseUrls(clock: FakeClock, violate: (what: string) => void): ResponseUrls {
  const known = new Map<
    string,
    {
      team: FakeTeam;
      channel: FakeChannel;
      user: string;
      message?: FakeMessage | undefined;
      until: number;
      left: number;
    }
  >();
  let count = 0;

  return {
    make(team, channel, user, message) {
      count += 1;
      const path = `/response/${count}`;
      known.set(path, { team, channel, user, message, until: clock.now() + LIFE_MS, left: ANSWERS });
      // One per press would be kept for ever else.
      known.delete(`/response/${count - 1000}`);
      return path;
    },

    answer(path, body) {
      const url = known.get(path);
      if (!url || url.left === 0 || clock.now() > url.until) {
        return 404;
      }
      url.left -= 1;
      const unknown = Object.keys(body).filter((key) => !FIELDS.includes(key));
      if (unknown.length > 0) {
        violate(`response_url: unknown field ${unknown.join(', ')}`);
      }
      const { channel, message, team, user } = url;
      if (body['delete_original'] && message) {
        channel.messages.delete(message.ts);
        return 200;
      }
      try {
        const blocks = body['blocks'] === undefined ? [] : checkBlocks(body['blocks']);
        const text = String(body['text'] ?? '');
        if (body['replace_original'] && message) {
          Object.assign(message, { text, blocks, markdown: '', editedAt: clock.now() });
          return 200;
        }
        const ts = team.nextTs();
        channel.messages.set(ts, {
          ts,
          threadTs: body['thread_ts'] as string | undefined,
          user: team.botUser,
          botId: team.botId,
          text,
          blocks,
          markdown: '',
          ephemeralFor: body['response_type'] === 'in_channel' ? undefined : user,
          history: [{ method: 'response_url', at: clock.now() }],
          reactions: [],
        });
        return 200;
      } catch (error) {
        if (!(error instanceof Refusal)) {
          throw error;
        }
        violate(`response_url: ${JSON.stringify(error.answer)}`);
        return 400;
      }
    },
  };
}
