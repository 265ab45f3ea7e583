// The commands around feeds and articles, with their options and examples.
import { Option } from 'commander';
import { type AddCommand, generatorOption } from './cli-command.js';

export function addNewsCommands(command: AddCommand): void {
  command(
    'start',
    'polls the feeds when they are due, until it is stopped',
    ['start'],
    async () => (await import('./ops/commands/start.js')).runStart,
  ).addOption(generatorOption());

  command(
    'ingest',
    'one pass over all feeds, given feeds, or given article pages',
    [
      'ingest',
      'ingest --feed https://example.org/cricket/rss.xml',
      'ingest --url https://example.org/cricket/some-article',
    ],
    async () => (await import('./ops/commands/ingest.js')).runIngest,
  )
    .option('--feeds <file>', 'another feeds.yaml')
    .option('--feed <url...>', 'these feeds instead of the configured ones')
    .option('--url <url...>', 'these article pages')
    .option('--json', 'one JSON object');

  command(
    'feeds [action] [argument]',
    'how the feeds are (list); which are followed: add, remove, import, export',
    [
      'feeds',
      'feeds add https://example.org/cricket',
      'feeds add https://example.org/rss.xml --pages feed-only --skip-path /video/ --publisher "The Example"',
      'feeds remove https://example.org/rss.xml',
      'feeds import feeds.opml',
      'feeds export > feeds.opml',
    ],
    async () => (await import('./ops/commands/feeds.js')).runFeeds,
  )
    .option('--publisher <name>', 'add: the name shown behind a citation')
    .addOption(
      new Option('--pages <policy>', 'add: whether the pages behind the entries are read').choices([
        'follow',
        'feed-only',
      ]),
    )
    .option('--skip-path <path...>', 'add: entries whose address contains it are no articles')
    .option('--json', 'one JSON object');

  command(
    'articles <action> [target]',
    'one stored article (show); takedowns: remove, blocked, allow',
    [
      'articles show https://example.org/cricket/some-article',
      'articles remove https://example.org/cricket/some-article',
      'articles remove example.org --yes',
      'articles blocked',
      'articles allow example.org',
    ],
    async () => (await import('./ops/commands/articles.js')).runArticles,
  )
    .option('--yes', 'remove: without asking')
    .option('--json', 'one JSON object');

  command(
    'digest',
    'the daily digest: what would be told now, or what a channel was told; nothing is posted',
    [
      'digest',
      'digest --channel slack:C0123ABC --preview',
      'digest --channel slack:C0123ABC --date 2023-12-19',
      'digest --date 2023-12-19 --json',
    ],
    async () => (await import('./ops/commands/digest.js')).runDigest,
  )
    .option('--channel <channel>', 'slack:CHANNEL, slack:WORKSPACE/CHANNEL or discord:SERVER/CHANNEL')
    .option('--date <date>', 'a local date; today when absent')
    .option('--preview', 'compose what the channel would get now, or at its time on that date')
    .option('--json', 'one JSON object')
    .addOption(generatorOption());

  command(
    'subscriptions [action] [channel]',
    'which channels get a daily digest (list); add, change, pause, resume, remove; questions that wait for news: waiting, stop',
    [
      'subscriptions',
      'subscriptions add slack:C0123ABC --time 08:00 --zone Europe/London --follow India IPL',
      'subscriptions add discord:1234/5678 --days mon-fri --follow women --spoilers hide --quiet silent',
      'subscriptions change slack:C0123ABC --time 07:30 --follow all',
      'subscriptions pause slack:C0123ABC',
      'subscriptions remove slack:C0123ABC',
      'subscriptions change slack:C0123ABC --breaking on',
      'subscriptions waiting',
    ],
    async () => (await import('./ops/commands/subscriptions.js')).runSubscriptions,
  )
    .option('--time <HH:MM>', "when, by the zone's wall clock")
    .option('--zone <zone>', 'IANA time zone, as Asia/Kolkata, or its city')
    .option('--days <days>', 'all, mon-fri, or mon,wed,sun')
    .option('--follow <name...>', 'teams, leagues, formats, men, women, under-19, or all')
    .option('--length <n>', 'stories at most, 1 to 30')
    .option('--breaking <off|on|n>', 'breaking stories told at once: off, on, or how many a day')
    .addOption(new Option('--spoilers <mode>', 'whether results are shown at once').choices(['show', 'hide']))
    .option('--language <code>', 'two letters, as en')
    .addOption(new Option('--quiet <mode>', 'what a day without news gets').choices(['line', 'silent']))
    .option('--json', 'one JSON object');

  command(
    'extract',
    'readable text of one page',
    [
      'extract --url https://example.org/cricket/some-article',
      'extract < page.html',
      'extract --jsonl < pages.jsonl',
    ],
    async () => (await import('./ops/commands/extract.js')).runExtract,
  )
    .option('--url <url>', 'the page to fetch, or the address of the page on stdin')
    .option('--json', 'one JSON object')
    .option(
      '--jsonl',
      '{id, url, html_b64} a line in, {id, text, title, author, date, ms, cpu_ms} a line out',
    );

  command(
    'parse-feed',
    'the entries of one feed',
    [
      'parse-feed < feed.xml',
      'parse-feed --content-type "application/rss+xml; charset=iso-8859-1" --json < feed.xml',
    ],
    async () => (await import('./ops/commands/parse-feed.js')).runParseFeed,
  )
    .option('--content-type <type>', 'the header that came with the feed')
    .option('--base-url <url>', 'the address that relative links start from')
    .option('--json', 'one JSON object')
    .option('--jsonl', '{id, body_b64, content_type, base_url} a line in, one feed a line out');
}
