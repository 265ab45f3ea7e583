// What every command has: the options that all share, examples under its help, and a session that turns its
// outcome into an exit code.
import { type Command, Option } from 'commander';
import { configInUse, loadSettings, type Overrides, type Settings } from './config.js';
import { GENERATORS, SCOPES } from './config-schema.js';
import { LOG_LEVELS } from './log.js';
import type { Composition } from './ops/app.js';
import { createSession, type Session } from './ops/session.js';

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

/** Adds a command to the program. `run` gets a session, its own options and its arguments, and gives the exit code. */
export type AddCommand = <Options extends object>(
  usage: string,
  description: string,
  examples: string[],
  run: (session: Session, options: Options, args: string[]) => Promise<number>,
) => Command;

/** For the commands that answer. */
export const generatorOption = (): Option =>
  new Option('--generator <name>', 'who writes the answer').choices(GENERATORS);

const collect = (value: string, before: string[] = []) => [...before, value];

export function commandsOf(program: Command, composition: Composition): AddCommand {
  return (usage, description, examples, run) =>
    program
      .command(usage)
      .description(description)
      .exitOverride()
      .option(
        '--config <file>',
        'settings laid over the defaults (else THIRD_UMPIRE_CONFIG, else ./third-umpire.yaml)',
      )
      .option('--data-dir <dir>', 'folder of the store and the indexes')
      .addOption(new Option('--log-level <level>', 'how much goes to stderr').choices(LOG_LEVELS))
      .option('--now <time>', 'the clock, as ISO 8601: for tests and evaluation')
      .option('--allow-host <host[:port]...>', 'let fetches reach this private or loopback host', collect)
      .option('--embedding-model <name|dir|none>', 'a preset, a folder with weights, or none')
      .addOption(new Option('--scope <scope>', 'which questions are answered').choices(SCOPES))
      .addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ third-umpire ${line}`).join('\n')}`)
      .action(async (...received: unknown[]) => {
        const self = received.at(-1) as Command;
        const options = self.opts<GlobalOptions>();
        const session = createSession({ composition, settings: () => settingsOf(options), now: options.now });
        process.exitCode = await session.guard(() => run(session, self.opts(), self.args));
      });
}

function settingsOf(options: GlobalOptions): Settings {
  const overrides: Overrides = {
    configFile: configInUse(options.config),
    dataDir: options.dataDir,
    logLevel: options.logLevel,
    allowHosts: options.allowHost,
    embeddingModel: options.embeddingModel,
    scope: options.scope,
    generator: options.generator,
  };
  return loadSettings(overrides);
}
