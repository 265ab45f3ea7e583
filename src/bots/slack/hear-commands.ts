// `/cricket QUESTION`, `/cricket feeds`, `/cricket help`, `/cricket forget`, what hear-digests.ts hears, and the shortcut on
// somebody's message. A command leaves no message behind, so the question is posted as the first of a thread that its
// answer then stands in.
import type { AckFn, App, RespondArguments, SlashCommand, types } from '@slack/bolt';
import type { Bot, IncomingMessage } from '../ports.js';
import { plainLine } from '../untrusted-text.js';
import { isFailure } from './call-failure.js';
import { escapeMrkdwn } from './escape.js';
import { type hearDigests, isDigestCommand } from './hear-digests.js';
import { feedBlocks, helpBlocks } from './home.js';
import { plainText } from './plain-text.js';
import type { FeedLine } from './ports.js';
import type { Answerback } from './say-elsewhere.js';
import type { Workspaces } from './workspace.js';

export const COMMAND = '/cricket';
export const SHORTCUT = 'what_do_the_sources_say';

/** Slack shows an error when a command is not acknowledged within three seconds. */
const POST_MS = 1_500;

export interface CommandDeps {
  bot: Bot;
  workspaces: Workspaces;
  feeds(): Promise<FeedLine[]>;
  answerback: Answerback;
  digests?: Pick<ReturnType<typeof hearDigests>, 'hear'> | undefined;
}

export function hearCommands(app: App, { answerback, bot, digests, feeds, workspaces }: CommandDeps): void {
  app.command(COMMAND, async ({ ack, command, respond }) => {
    const text = command.text.trim();
    if (text === '' || /^help$/i.test(text)) {
      await ack(privately('How to ask', helpBlocks()));
    } else if (/^feeds$/i.test(text)) {
      await ack(privately('How the feeds do', feedBlocks(await feeds())));
    } else if (digests && isDigestCommand(text)) {
      await digests.hear(command, ack, respond);
    } else if (/^forget$/i.test(text)) {
      await ack(privately(await bot.onForget({ platform: 'slack', user: command.user_id })));
    } else {
      const message = `command:${command.trigger_id}`;
      answerback.remember(message, respond);
      await ask(command, text, message, ack);
    }
  });

  async function ask(
    command: SlashCommand,
    text: string,
    message: string,
    ack: AckFn<RespondArguments>,
  ): Promise<void> {
    const { api, botUser } = await workspaces.of(command.team_id);
    const question = plainText(text, botUser);
    try {
      const { ts } = await api.surely<{ ts: string }>('chat.postMessage', askedLine(command, question), {
        withinMs: POST_MS,
        // Lost on the way, it is not posted twice: whoever asked sees that it failed.
        recover: () => Promise.reject(new Error('lost')),
      });
      await bot.onMessage({ ...incoming(command, question, message), thread: ts, way: 'command' });
      await ack();
    } catch (error) {
      if (isFailure(error) || (error instanceof Error && error.message === 'lost')) {
        await ack(
          privately(answerback.lineFor(isFailure(error) ? error.code : 'lost', command.channel_name)),
        );
        return;
      }
      throw error;
    }
  }

  app.shortcut({ type: 'message_action', callback_id: SHORTCUT }, async ({ ack, respond, shortcut }) => {
    const { channel, message_ts: ts, team, trigger_id, user } = shortcut;
    const asked = shortcut.message as { text?: string; thread_ts?: string };
    const { botUser, team: ours } = await workspaces.of(team?.id ?? '');
    const message = `shortcut:${trigger_id}`;
    answerback.remember(message, respond);
    await bot.onMessage({
      platform: 'slack',
      tenant: ours,
      channel: channel.id,
      thread: asked.thread_ts ?? ts,
      deliveryId: message,
      message,
      user: user.id,
      text: plainText(asked.text ?? '', botUser),
      way: 'shortcut',
      isFromBot: false,
      isToSomeoneElse: false,
    });
    await ack();
  });
}

function incoming(
  { channel_id: channel, team_id: tenant, user_id: user }: SlashCommand,
  text: string,
  message: string,
): Omit<IncomingMessage, 'thread' | 'way'> {
  return {
    ...{ platform: 'slack', tenant, channel, user, text, message },
    deliveryId: message,
    isFromBot: false,
    isToSomeoneElse: false,
  };
}

/** "asha asks: Who won?" in rich text: a name or a question that looks like a mention stays words. */
function askedLine({ channel_id: channel, user_name: name }: SlashCommand, question: string): object {
  const line = { type: 'text', text: `${plainLine(name)} asks: `, style: { italic: true } };
  const words = { type: 'text', text: plainLine(question).slice(0, 2_900) };
  return {
    channel,
    text: escapeMrkdwn(`${name} asks: ${question}`).slice(0, 600),
    blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [line, words] }] }],
    metadata: { event_type: 'third_umpire_asked', event_payload: {} },
    unfurl_links: false,
    unfurl_media: false,
  };
}

function privately(text: string, blocks?: types.KnownBlock[]): RespondArguments {
  return { response_type: 'ephemeral', text, ...(blocks ? { blocks } : {}) };
}
