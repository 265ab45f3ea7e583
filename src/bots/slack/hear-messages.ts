// Messages, mentions, edits, deletions and the assistant pane: Slack's events, told to the core.
import type { App } from '@slack/bolt';
import type { Bot } from '../ports.js';
import { EXAMPLES } from './home.js';
import { createOnceEach } from './once-each.js';
import { readMessage, type SlackMessage } from './read-message.js';
import type { Workspace, Workspaces } from './workspace.js';

/** More panes than this, opened and not yet written in, keep Slack's own title. */
const MOST_PANES = 1_000;
const TITLE_CHARACTERS = 80;

export function hearMessages(app: App, bot: Bot, workspaces: Workspaces): void {
  const panes = new Set<string>();
  const onceEach = createOnceEach();

  async function hear(event: SlackMessage, team: string): Promise<void> {
    const workspace = await workspaces.of(team);
    const news = readMessage(event, workspace);
    if (news?.kind === 'deleted') {
      await bot.onDeleted(news.message);
    } else if (news?.kind === 'edited') {
      await bot.onEdited(news.message);
    } else if (news) {
      const { channel, deliveryId, text, thread } = news.message;
      await onceEach(`${team} ${deliveryId}`, () => bot.onMessage(news.message));
      if (panes.delete(`${channel}:${thread}`)) {
        entitle(workspace, channel, thread, text);
      }
    }
  }

  app.event('message', ({ body, event }) => hear(event as SlackMessage, body.team_id));
  app.event('app_mention', ({ body, event }) => hear(event as SlackMessage, body.team_id));

  app.event('assistant_thread_started', async ({ body, event }) => {
    const { channel_id, thread_ts } = event.assistant_thread;
    const { api } = await workspaces.of(body.team_id);
    for (const oldest of panes.size >= MOST_PANES ? panes : []) {
      panes.delete(oldest);
      break;
    }
    panes.add(`${channel_id}:${thread_ts}`);
    const prompts = EXAMPLES.map((message) => ({ title: message, message }));
    // A courtesy; the pane works without.
    void api
      .once('assistant.threads.setSuggestedPrompts', { channel_id, thread_ts, prompts })
      .catch(() => {});
  });
}

function entitle({ api }: Workspace, channel_id: string, thread_ts: string, text: string): void {
  const title = text.replace(/\s+/g, ' ').slice(0, TITLE_CHARACTERS);
  void (title && api.once('assistant.threads.setTitle', { channel_id, thread_ts, title }).catch(() => {}));
}
