// Workspaces that installed a bot, as that bot sealed them: nothing in here can be read without its key.
import type { Database } from './schema.js';

export interface InstallationStore {
  /** Takes the place of an earlier one. */
  put(team: string, sealed: string, at: string): Promise<void>;
  /** Undefined = not installed, or removed. */
  get(team: string): Promise<string | undefined>;
  remove(team: string): Promise<void>;
}

export function createInstallationStore(db: Database): InstallationStore {
  return {
    async put(team, sealed, at) {
      await db
        .insertInto('slack_installations')
        .values({ team, sealed, installed_at: at })
        .onConflict((conflict) => conflict.column('team').doUpdateSet({ sealed, installed_at: at }))
        .execute();
    },
    async get(team) {
      const row = await db
        .selectFrom('slack_installations')
        .select('sealed')
        .where('team', '=', team)
        .executeTakeFirst();
      return row?.sealed;
    },
    async remove(team) {
      await db.deleteFrom('slack_installations').where('team', '=', team).execute();
    },
  };
}
