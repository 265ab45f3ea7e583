// The Slack adapter: hears what people do through Bolt and tells the core; shows what the core says through the Web
// API. How it hears (sockets or HTTP) and which workspaces it is in are given to it.
import { App, type Logger } from '@slack/bolt';
import type { Clock } from '../../domain.js';
import { BotError, describeError, isBotError } from '../../errors.js';
import type { Log } from '../../log.js';
import { createDigestCommands } from '../digest-commands.js';
import type { DigestDesk } from '../digest-desk.js';
import type { Bot, BotPlatform, Notice, Place } from '../ports.js';
import type { Timers } from '../timers.js';
import { isFailure } from './call-failure.js';
import { createSlackDigests } from './digest-port.js';
import { hearCommands } from './hear-commands.js';
import { hearDigests } from './hear-digests.js';
import { hearMessages } from './hear-messages.js';
import { hearPresses } from './hear-presses.js';
import { homeView } from './home.js';
import { digestBlocks, digestsOf } from './home-digests.js';
import { lazyApi } from './lazy-api.js';
import { newsParts } from './news-blocks.js';
import type { FeedLine } from './ports.js';
import { createReply } from './reply.js';
import { createAnswerback } from './say-elsewhere.js';
import type { Transport } from './socket-transport.js';
import { STATUS_LIFE_MS } from './status.js';
import { noticeTail } from './tail-blocks.js';
import type { SlackApi } from './web-api.js';
import type { Workspaces } from './workspace.js';

export interface SlackBotDeps {
  workspaces: Workspaces;
  /** How Slack reaches us; it acknowledges what has been heard (ack-last.ts). */
  transport: Transport;
  /** The real time. */
  clock: Clock;
  /** The time that the ages of sources are told by. */
  newsClock: Clock;
  timers: Timers;
  log: Log;
  /** For the SDK. */
  logger: Logger;
  feeds(): Promise<FeedLine[]>;
  /** Absent = nobody can have a digest. */
  digests?: DigestDesk | undefined;
  /** A workspace took its permission back. */
  onUninstalled(team: string): Promise<void>;
}

const START_MS = 10_000;

export function createSlackBot(deps: SlackBotDeps): BotPlatform {
  const { log, logger, newsClock, transport, workspaces } = deps;
  const answerback = createAnswerback();
  const digests =
    deps.digests &&
    hearDigests({
      ...{ answerback, log, workspaces, desk: deps.digests, publishHome },
      commands: createDigestCommands(deps.digests),
    });
  let isHearing = false;

  function open(bot: Bot): void {
    const app = new App({
      receiver: transport,
      logger,
      // Slack's own middleware would keep a state of every conversation.
      convoStore: false,
      authorize: async ({ teamId = '' }) => {
        const { botId, botUser, team, token } = await workspaces.of(teamId);
        return { botToken: token, botUserId: botUser, botId, teamId: team };
      },
    });
    app.error(async (error) => {
      const cause = (error as { original?: unknown }).original;
      if (isBotError(cause, 'slack_not_installed')) {
        log.warn('an event of a workspace that has not installed the app');
        return;
      }
      // Not acknowledged: it is delivered again.
      throw error;
    });
    hearMessages(app, bot, workspaces);
    hearPresses(app, bot);
    digests?.listen(app);
    hearCommands(app, { bot, workspaces, feeds: deps.feeds, answerback, digests });
    app.event('app_home_opened', async ({ body, event }) => {
      if (event.tab === 'home') {
        const { api } = await workspaces.of(body.team_id);
        void publishHome(api, event.user, body.team_id, event.channel);
      }
    });
    app.event('app_uninstalled', async ({ body }) => deps.onUninstalled(body.team_id));
  }

  /** Slack that cannot be reached yet must not keep the rest from starting; wrong tokens must. */
  async function begun(starting: Promise<unknown>): Promise<void> {
    let cancel = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = deps.timers.after(START_MS, () => {
        log.warn('slack cannot be reached yet; it is tried again and again');
        resolve();
      });
    });
    const started = starting.catch((error: unknown) => {
      throw isFailure(error)
        ? new BotError(
            'slack_refused',
            `Slack refuses the tokens (${error.code}); third-umpire doctor says which`,
            {
              cause: error,
            },
          )
        : error;
    });
    // One that fails later has been told to the log.
    started.catch(() => {});
    await Promise.race([started, late]);
    cancel();
  }

  async function publishHome(api: SlackApi, user: string, team: string, direct?: string): Promise<void> {
    try {
      const desk = deps.digests;
      const found = desk && digestBlocks(await digestsOf({ api, desk }, { team, user, direct }));
      await api.once('views.publish', { user_id: user, view: homeView(await deps.feeds(), found) });
    } catch (error) {
      log.warn({ why: describeError(error) }, 'slack home tab not shown');
    }
  }

  return {
    name: 'slack',
    statusLifeMs: STATUS_LIFE_MS,
    digests: createSlackDigests(workspaces),
    async news(to, answer) {
      return { channel: to.channel, payload: JSON.stringify(newsParts(to, answer, newsClock())) };
    },

    async start(bot) {
      open(bot);
      isHearing = true;
      await begun(transport.start());
    },

    async pause() {
      if (isHearing) {
        isHearing = false;
        await transport.stop();
      }
    },

    async stop() {},
    isConnected: transport.isOpen,

    open(turn) {
      const { api, botId } = lazyApi(workspaces, turn.tenant);
      return createReply(
        { ...deps, api, botId, sayElsewhere: ({ message }, code) => answerback.say(message, code) },
        turn,
      );
    },

    async remove({ channel, tenant }, posted) {
      const { api } = await workspaces.of(tenant);
      for (const ts of posted) {
        await api.surely('chat.delete', { channel, ts }).catch((error: unknown) => {
          if (!isFailure(error, 'message_not_found')) {
            throw error;
          }
        });
      }
    },

    async tell(place, notice) {
      try {
        await say(place, notice);
      } catch (error) {
        log.warn({ code: notice.code, why: describeError(error) }, 'slack notice not shown');
      }
    },
  };

  /** One try: nobody waits for it, and said twice it would be worse than unsaid. */
  async function say(
    { channel, tenant, thread, user }: Place & { user: string },
    notice: Notice,
  ): Promise<void> {
    const { api } = await workspaces.of(tenant);
    const call = { channel, thread_ts: thread, text: notice.text, blocks: noticeTail(notice, newsClock()) };
    // Direct messages have nobody else to hide it from.
    if (notice.isPrivate && !channel.startsWith('D')) {
      await api.once('chat.postEphemeral', { ...call, user });
      return;
    }
    const metadata = { event_type: 'third_umpire_notice', event_payload: {} };
    await api.once('chat.postMessage', { ...call, metadata, unfurl_links: false, unfurl_media: false });
  }
}
