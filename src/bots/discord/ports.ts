// What the Discord adapter needs of the rest of the program.

/** How one feed does, in a few words. */
export interface FeedLine {
  name: string;
  isWell: boolean;
  fact: string;
}

/** What a server has set. */
export interface GuildSettings {
  /** Ids of the channels in which the bot does not answer. */
  closed(guild: string): Promise<string[]>;
  /** `by` = the user who set it. */
  setClosed(guild: string, channel: string, isClosed: boolean, by: string): Promise<void>;
}

/** Where it is kept: JSON by server. */
export interface SettingsStore {
  get(guild: string): Promise<string | undefined>;
  put(guild: string, settings: string): Promise<void>;
}
