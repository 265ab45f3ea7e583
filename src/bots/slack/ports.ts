// What the Slack adapter needs beside the bot core.

/** A workspace that installed the app through OAuth. */
export interface Installation {
  team: string;
  botToken: string;
  botUser: string;
  botId: string;
}

/** Where installations are kept; what it is given is sealed, and nobody else can read it. */
export interface InstallationStore {
  put(team: string, sealed: string, at: string): Promise<void>;
  /** Undefined = not installed, or removed. */
  get(team: string): Promise<string | undefined>;
  remove(team: string): Promise<void>;
}

/** How one feed does, for the Home tab and `/cricket feeds`. */
export interface FeedLine {
  /** Publisher or title. */
  name: string;
  isWell: boolean;
  /** "2 min ago", "fails since yesterday": what there is to say. */
  fact: string;
}
