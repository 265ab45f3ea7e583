#!/usr/bin/env node
// The command line: what can be typed, and what it says when it is typed wrongly. Each command lives in a
// file of ops/commands; this one knows their names, options and examples.
import { Command, CommanderError, Option } from 'commander';
import { GENERATORS, loadSettings, type Overrides, SCOPES, type Settings } from './config.js';
import { LOG_LEVELS } from './log.js';
import { composition } from './main.js';
import { runAsk } from './ops/commands/ask.js';
import { runDemo } from './ops/commands/demo.js';
import { runDoctor } from './ops/commands/doctor.js';
import { runExtract } from './ops/commands/extract.js';
import { runIndex } from './ops/commands/index-command.js';
import { runIngest } from './ops/commands/ingest.js';
import { runParseFeed } from './ops/commands/parse-feed.js';
import { runSearch } from './ops/commands/search.js';
import { createSession, type Session } from './ops/session.js';

const EXIT_USAGE = 2;

interface GlobalOptions {
  config?: string;
  dataDir?: string;
  logLevel?: string;
  now?: string;
  allowHost?: string[];
  embeddingModel?: string;
  scope?: string;
  generator?: string;
}

const collect = (value: string, before: string[] = []) => [...before, value];

const program = new Command('third-umpire')
  .description(
    'Cricket news, answered with sources: every number, name and date stands in an article that is linked.',
  )
  .version('0.1.0')
  .showHelpAfterError('(add --help to see what is possible)')
  .exitOverride();

/** A command with the options that all have. `run` gets a session, its own options and its arguments. */
function command<Options extends object>(
  usage: string,
  description: string,
  examples: string[],
  run: (session: Session, options: Options, args: string[]) => Promise<number>,
): Command {
  return program
    .command(usage)
    .description(description)
    .exitOverride()
    .option('--config <file>', 'settings laid over the defaults')
    .option('--data-dir <dir>', 'folder of the store and the indexes')
    .addOption(new Option('--log-level <level>', 'how much goes to stderr').choices(LOG_LEVELS))
    .option('--now <time>', 'the clock, as ISO 8601: for tests and evaluation')
    .option('--allow-host <host[:port]...>', 'let fetches reach this private or loopback host', collect)
    .option('--embedding-model <name|dir|none>', 'a preset, a folder with weights, or none')
    .addOption(new Option('--scope <scope>', 'which questions are answered').choices(SCOPES))
    .addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ third-umpire ${line}`).join('\n')}`)
    .action(async (...received: unknown[]) => {
      const self = received.at(-1) as Command;
      const options = self.opts<Options & GlobalOptions>();
      const session = createSession({ composition, settings: () => settingsOf(options), now: options.now });
      process.exitCode = await session.guard(() => run(session, options, self.args));
    });
}

function settingsOf(options: GlobalOptions): Settings {
  const overrides: Overrides = {
    configFile: options.config,
    dataDir: options.dataDir,
    logLevel: options.logLevel,
    allowHosts: options.allowHost,
    embeddingModel: options.embeddingModel,
    scope: options.scope,
    generator: options.generator,
  };
  return loadSettings(overrides);
}

const generatorOption = () => new Option('--generator <name>', 'who writes the answer').choices(GENERATORS);

command(
  'ask [question]',
  'answer one question, with numbered sources',
  [
    'ask "Who bought Mitchell Starc?"',
    'ask --json "How many wickets has Lyon?"',
    'ask --jsonl < questions.jsonl > answers.jsonl',
  ],
  runAsk,
)
  .option('--json', 'one JSON object')
  .option('--jsonl', 'one JSON object a line on stdin, one a line on stdout, in order')
  .option('--closed-book', 'the language model without any article')
  .option('--compare', 'the language model with and without the articles, side by side')
  .addOption(generatorOption());

command(
  'search <text>',
  'retrieval alone: passages, scores, sources',
  ['search "Lyon 500 wickets" -k 5', 'search --json "IPL auction"'],
  runSearch,
)
  .option('-k <n>', 'how many passages', '10')
  .option('--json', 'one JSON object');

command(
  'ingest',
  'one pass over all feeds, given feeds, or given article pages',
  [
    'ingest',
    'ingest --feed https://example.org/cricket/rss.xml',
    'ingest --url https://example.org/cricket/some-article',
  ],
  runIngest,
)
  .option('--feeds <file>', 'another feeds.yaml')
  .option('--feed <url...>', 'these feeds instead of the configured ones')
  .option('--url <url...>', 'these article pages')
  .option('--json', 'one JSON object');

command(
  'extract',
  'readable text of one page',
  [
    'extract --url https://example.org/cricket/some-article',
    'extract < page.html',
    'extract --jsonl < pages.jsonl',
  ],
  runExtract,
)
  .option('--url <url>', 'the page to fetch, or the address of the page on stdin')
  .option('--json', 'one JSON object')
  .option('--jsonl', '{id, url, html_b64} a line in, {id, text, title, author, date, ms, cpu_ms} a line out');

command(
  'parse-feed',
  'the entries of one feed',
  [
    'parse-feed < feed.xml',
    'parse-feed --content-type "application/rss+xml; charset=iso-8859-1" --json < feed.xml',
  ],
  runParseFeed,
)
  .option('--content-type <type>', 'the header that came with the feed')
  .option('--base-url <url>', 'the address that relative links start from')
  .option('--json', 'one JSON object')
  .option('--jsonl', '{id, body_b64, content_type, base_url} a line in, one feed a line out');

command(
  'index <action>',
  'the two derived indexes: status, or rebuild from the store',
  ['index status', 'index rebuild'],
  runIndex,
).option('--json', 'one JSON object');

command(
  'doctor',
  'checks this machine and says how to mend what is wrong',
  ['doctor', 'doctor --json'],
  runDoctor,
).option('--json', 'one JSON object');

command('demo', 'sample news, answered: no tokens, no downloads, no internet', ['demo'], runDemo).addOption(
  generatorOption(),
);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) {
    throw error;
  }
  // Commander has printed its line already; its own codes are not ours.
  process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
}
