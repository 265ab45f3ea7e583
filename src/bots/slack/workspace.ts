// The workspaces that the bot is in: one by its token, or as many as installed it. Each has an API of its own, as
// Slack's limits are for each of them.
import { BotError } from '../../errors.js';
import type { Installation } from './ports.js';
import type { Self } from './read-message.js';
import type { SlackApi } from './web-api.js';

export interface Workspace extends Self {
  token: string;
  api: SlackApi;
}

export interface Workspaces {
  /** Error: `slack_not_installed`; SlackFailure where Slack must be asked and does not answer. */
  of(team: string): Promise<Workspace>;
  /** Forgets what was read of it. */
  forget(team: string): void;
}

/** More are read again when they are needed. */
const MOST_KEPT = 500;

interface AuthTest {
  team_id: string;
  user_id: string;
  bot_id: string;
}

/** The one workspace of a bot token; who it is, Slack is asked once. */
export function oneWorkspace(token: string, apiFor: (token: string) => SlackApi): Workspaces {
  const api = apiFor(token);
  let known: Promise<Workspace> | undefined;

  async function ask(): Promise<Workspace> {
    const {
      bot_id: botId,
      team_id: team,
      user_id: botUser,
    } = await api.surely<AuthTest>('auth.test', {}, { withinMs: 2_000 });
    return { team, botUser, botId, token, api };
  }

  return {
    // A shared channel names the other company's workspace; the app has one all the same.
    of() {
      known ??= ask().catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      return known;
    },
    forget() {},
  };
}

/** All that are installed. */
export function manyWorkspaces(
  read: (team: string) => Promise<Installation | undefined>,
  apiFor: (token: string) => SlackApi,
): Workspaces {
  const known = new Map<string, Workspace>();
  return {
    async of(team) {
      const kept = known.get(team);
      if (kept) {
        return kept;
      }
      const installation = await read(team);
      if (!installation) {
        throw new BotError('slack_not_installed', 'the workspace has not installed the app');
      }
      const { botId, botToken: token, botUser } = installation;
      const workspace = { team, botUser, botId, token, api: apiFor(token) };
      for (const oldest of known.size >= MOST_KEPT ? known.keys() : []) {
        known.delete(oldest);
        break;
      }
      known.set(team, workspace);
      return workspace;
    },
    forget: (team) => void known.delete(team),
  };
}
