// A channel is told when it gets a digest from now on; that shows at once whether we can post there.
import type { SlashCommand } from '@slack/bolt';
import type { DigestView } from '../digest-commands.js';
import { plainLine } from '../untrusted-text.js';
import { isFailure } from './call-failure.js';
import { escapeMrkdwn } from './escape.js';
import type { Answerback } from './say-elsewhere.js';
import type { Workspaces } from './workspace.js';

/** What is left of the three seconds that Slack gives a command. */
const POST_MS = 1_500;

/** Undefined = it is told; else the line for whoever asked, which says why it cannot be. */
export async function announceDigest(
  { answerback, workspaces }: { answerback: Pick<Answerback, 'lineFor'>; workspaces: Workspaces },
  { channel_id: channel, channel_name: name, team_id: team, user_name: user }: SlashCommand,
  view: DigestView,
): Promise<string | undefined> {
  const words = `${plainLine(user)} switched on the daily digest here. ${view.lines.join(' ')}`.slice(
    0,
    2_000,
  );
  const { api } = await workspaces.of(team);
  try {
    await api.surely(
      'chat.postMessage',
      {
        channel,
        text: escapeMrkdwn(words),
        blocks: [{ type: 'context', elements: [{ type: 'plain_text', text: words, emoji: false }] }],
        metadata: { event_type: 'third_umpire_notice', event_payload: {} },
        unfurl_links: false,
        unfurl_media: false,
      },
      // Lost on the way it may have been said; twice it would be too much.
      { withinMs: POST_MS, recover: async () => ({}) },
    );
    return undefined;
  } catch (error) {
    if (isFailure(error)) {
      return answerback.lineFor(error.code, name);
    }
    throw error;
  }
}
