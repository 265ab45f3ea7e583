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
}

/** Of more the API, with what it knows of limits, is made anew when it is needed. */
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
  };
}

/**
 * All that are installed. Who is, the store is asked each time: another replica may have installed the app again, with
 * another token, or seen it removed.
 */
export function manyWorkspaces(
  read: (team: string) => Promise<Installation | undefined>,
  apiFor: (token: string) => SlackApi,
): Workspaces {
  const known = new Map<string, Workspace>();
  return {
    async of(team) {
      const installation = await read(team);
      if (!installation) {
        known.delete(team);
        throw new BotError('slack_not_installed', 'the workspace has not installed the app');
      }
      const { botId, botToken: token, botUser } = installation;
      const kept = known.get(team);
      if (kept?.token === token && kept.botUser === botUser) {
        return kept;
      }
      const workspace = { team, botUser, botId, token, api: apiFor(token) };
      for (const oldest of known.size >= MOST_KEPT ? known.keys() : []) {
        known.delete(oldest);
        break;
      }
      known.set(team, workspace);
      return workspace;
    },
  };
}
