// What articles, questions and models may say without ringing a bell, disguising a link or making one of their own.
import { expect, it } from 'vitest';
import type { Turn } from '#src/bots/ports.js';
import type { Answer } from '#src/domain.js';
import { liveMarkdown } from '../../fakes/discord/live-markdown.js';
import { startDiscord } from '../../helpers/discord.js';
import { discordAdapter } from '../../helpers/discord-bot.js';

const ADDRESSES = [
  'https://evil.example',
  'http://evil.example/?a=1',
  'https://evil.example/a_(b)',
  'HTTPS://EVIL.example',
];
const STRINGS = [
  ...[
    '@everyone',
    '@here',
    '<@1>',
    '<@!1>',
    '<@&1>',
    '<#1>',
    '</ask:1>',
    '<id:customize>',
    '<@1> <@&2> @everyone',
  ],
  ...[
    '\\<@1>',
    '\\\\<@1>',
    '`<@1>`',
    '**@everyone**',
    '@\u200beveryone',
    '@everyone\u202e',
    '||@here||',
    '> @here',
    '# @everyone',
  ],
  ...ADDRESSES.flatMap((url) => [
    url,
    `<${url}>`,
    `[click](${url})`,
    `[https://bank.example](${url})`,
    `[bank.example](<${url}> "title")`,
    `\\[bank.example](${url})`,
    `\\\\[bank.example](${url})`,
    `[[1]](${url})`,
    `[1](${url})`,
    `[ [1] ](<${url}>)`,
  ]),
  ...[
    '[a](https://evil.example',
    '[a]\n(https://evil.example)',
    '![a](https://evil.example/x.png)',
    '[a][1]\n[1]: https://evil.example',
  ],
  ...['discord.gg/abc', 'https://discord.gg/abc', 'discord.com/invite/abc', 'steam://run/1', 'discord://x'],
  ...[
    '```\n[a](https://evil.example)\n```',
    '`[a](https://evil.example)',
    '``` @everyone',
    '<t:0:R>',
    '<:a:1>',
    '<a:b:1>',
    ':tada:',
  ],
  ...[
    '[\u202emoc.knab](https://evil.example)',
    '[\u200b](https://evil.example)',
    '[](https://evil.example)',
    '-# @here',
    '1. @everyone',
  ],
];

it(`holds against ${STRINGS.length} strings, wherever they stand`, async () => {
  expect(new Set(STRINGS).size).toBeGreaterThanOrEqual(60);
  const discord = await startDiscord({ hasRateLimits: false });
  const { people, state } = discord;
  const channel = state.channel(state.guild('club', { botPermissions: (1n << 50n) - 1n }), 'cricket');
  const platform = discordAdapter(discord);
  for (const [n, evil] of STRINGS.entries()) {
    const question = people.say(state.user('ann'), channel, evil);
    const turn = { ...aTurn(channel.guildId ?? '', channel.id, question.id, evil), user: question.author.id };
    const citation = {
      n: 1,
      url: `https://news.example/${n}`,
      title: evil,
      publisher: evil,
      publishedAt: '2023-12-19T10:00:00.000Z',
      quote: evil,
    };
    const reply = platform.open(turn);
    reply.status(evil);
    reply.citation(citation);
    reply.text(`${evil} `);
    await reply.finish(anAnswer(`${evil} said so. [1] ${evil}`, citation, evil));
    await platform
      .open({ ...turn, questionId: `f${n}`, thread: question.id })
      .fail({ code: 'x', text: evil, citations: [citation], isPrivate: false });
    await platform.tell(
      { ...turn, thread: question.id },
      { code: 'x', text: evil, citations: [citation], isPrivate: n % 2 === 0 },
    );
  }

  const ours = [...state.channels.values()]
    .flatMap(({ messages }) => [...messages.values()])
    .filter(({ author }) => author.isBot);
  const live = ours.map(liveMarkdown);
  expect(ours.length).toBeGreaterThanOrEqual(3 * STRINGS.length);
  expect(ours.flatMap(({ pings }) => pings)).toEqual([]);
  expect(live.flatMap(({ pills }) => pills)).toEqual([]);
  expect(live.flatMap(({ disguised }) => disguised)).toEqual([]);
  const targets = live.flatMap(({ links }) => links.map(({ url }) => url));
  expect(
    targets.filter((url) => !/^https:\/\/(news\.example\/\d+|discord\.com\/channels\/[\d/]+)$/.test(url)),
  ).toEqual([]);
  expect(targets.length).toBeGreaterThan(3 * STRINGS.length);
}, 120_000);

function aTurn(tenant: string, channel: string, message: string, text: string): Turn {
  return {
    ...{
      platform: 'discord',
      tenant,
      channel,
      thread: message,
      questionId: `q${message}`,
      user: 'nobody',
      message,
    },
    ...{ way: 'mention', text, attempt: 1, posted: [], signal: new AbortController().signal },
    mayPost: async () => true,
    record: async () => {},
  };
}

function anAnswer(text: string, citation: Answer['citations'][number], warning: string): Answer {
  return {
    ...{ text, citations: [citation], retrieved: [], abstained: false, publishersAgree: 0, dropped: 0 },
    ...{ warnings: [warning], generator: 'test' },
  };
}
