// What `init` has to know, and what each answer may look like. A check gives what is wrong, or nothing.
export const MODELS = ['none', 'small', 'mixtral'] as const;
export const TOKENS = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'DISCORD_TOKEN'] as const;

export type TokenName = (typeof TOKENS)[number];

export interface Answers {
  /** Those that were given; they go into `.env` alone. */
  tokens: Partial<Record<TokenName, string>>;
  /** Feeds of one's own, http or https. */
  feeds: string[];
  /** Whether the feeds that come with the program are polled, too. */
  hasDefaultFeeds: boolean;
  /** IANA. */
  zone: string;
  /** What new digests follow; [] = everything. */
  follow: string[];
  /** `none` = answers are quoted from the articles. */
  model: (typeof MODELS)[number];
}

const SHAPES: Record<TokenName, { pattern: RegExp; said: string }> = {
  SLACK_BOT_TOKEN: { pattern: /^xoxb-[\w-]{10,300}$/, said: "Slack's bot token begins with xoxb-" },
  SLACK_APP_TOKEN: { pattern: /^xapp-[\w-]{10,300}$/, said: "Slack's app-level token begins with xapp-" },
  DISCORD_TOKEN: {
    pattern: /^[\w-]{10,100}\.[\w-]{4,20}\.[\w-]{10,200}$/,
    said: "Discord's bot token has three parts with dots between them",
  },
};

/** Never repeats the token. */
export function tokenProblem(name: TokenName, token: string): string | undefined {
  const { pattern, said } = SHAPES[name];
  return pattern.test(token) ? undefined : `${name} is none: ${said}`;
}

export function feedProblem(url: string): string | undefined {
  const isAddress = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return isAddress ? undefined : `"${url}" is not an address (allowed: http://… or https://…)`;
}

/** "India, IPL" as a list. */
export const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
