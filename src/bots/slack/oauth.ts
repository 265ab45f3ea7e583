// Installing the app in several workspaces: "Add to Slack" leads to Slack and back, and what comes back is kept sealed.
import type { Installation as BoltInstallation, InstallationStore as BoltStore } from '@slack/bolt';
import type { Clock } from '../../domain.js';
import { BotError } from '../../errors.js';
import type { Fetch } from './pooled-fetch.js';
import type { Installation, InstallationStore } from './ports.js';
import { createSeal, stateSecretOf } from './seal.js';

/** What the bot asks of a workspace, and nothing more; config/slack-manifest.yaml says the same. */
export const SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
];

export interface OAuthOptions {
  clientId: string;
  clientSecret: string;
  /** The secret of this installation of ours: keys and signatures are derived from it. */
  secret: string;
  apiUrl: string;
  /** Where people are sent to agree. */
  authorizeUrl: string;
}

export interface OAuthDeps {
  clock: Clock;
  /** How Slack's Web API is reached. */
  fetch: Fetch;
  store: InstallationStore;
}

export interface OAuth {
  read(team: string): Promise<Installation | undefined>;
  remove(team: string): Promise<void>;
  /** For Bolt's receivers, whose routes are /slack/install and /slack/oauth_redirect. */
  receiverOptions: {
    clientId: string;
    clientSecret: string;
    stateSecret: string;
    scopes: string[];
    installationStore: BoltStore;
    installerOptions: {
      clientOptions: { slackApiUrl: string; fetch: Fetch };
      authorizationUrl: string;
      directInstall: boolean;
    };
  };
}

export function createOAuth(
  { clock, fetch, store }: OAuthDeps,
  { apiUrl, authorizeUrl, clientId, clientSecret, secret }: OAuthOptions,
): OAuth {
  const seal = createSeal(secret);

  async function read(team: string): Promise<Installation | undefined> {
    const sealed = await store.get(team);
    return sealed === undefined ? undefined : (JSON.parse(seal.open(team, sealed)) as Installation);
  }

  async function remove(team: string): Promise<void> {
    await store.remove(team);
  }

  const installationStore: BoltStore = {
    async storeInstallation(installation) {
      const kept = installationOf(installation);
      await store.put(kept.team, seal.close(kept.team, JSON.stringify(kept)), clock().toISOString());
    },
    // Bolt asks for it only through `authorize`, which is ours.
    fetchInstallation: () => Promise.reject(new Error('not read through Bolt')),
    deleteInstallation: (query) => remove(query.teamId ?? ''),
  };

  return {
    read,
    remove,
    receiverOptions: {
      clientId,
      clientSecret,
      stateSecret: stateSecretOf(secret),
      scopes: SCOPES,
      installationStore,
      installerOptions: {
        clientOptions: { slackApiUrl: apiUrl, fetch },
        directInstall: true,
        authorizationUrl: authorizeUrl,
      },
    },
  };
}

function installationOf({ bot, team }: BoltInstallation): Installation {
  if (!team || !bot) {
    throw new BotError(
      'slack_install_unsupported',
      'only workspaces can install it, not a whole organisation',
    );
  }
  return { team: team.id, botToken: bot.token, botUser: bot.userId, botId: bot.id };
}
