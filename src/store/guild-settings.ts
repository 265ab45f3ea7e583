// What the servers of a chat platform have set for themselves, as JSON that its adapter reads.
import type { Database } from './schema.js';

export interface GuildSettingsStore {
  /** Undefined = nothing is set. */
  get(guild: string): Promise<string | undefined>;
  put(guild: string, settings: string): Promise<void>;
}

export function createGuildSettingsStore(db: Database): GuildSettingsStore {
  return {
    async get(guild) {
      const row = await db
        .selectFrom('discord_guilds')
        .select('settings')
        .where('guild', '=', guild)
        .executeTakeFirst();
      return row?.settings;
    },
    async put(guild, settings) {
      await db
        .insertInto('discord_guilds')
        .values({ guild, settings })
        .onConflict((conflict) => conflict.column('guild').doUpdateSet({ settings }))
        .execute();
    },
  };
}
