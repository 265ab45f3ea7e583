// What every command has: the options that all share, and examples under its help. What runs it is loaded when it
// runs, so that --version and --help load next to nothing.
import { type Command, Option } from 'commander';
import { GENERATORS, LOG_LEVELS, SCOPES } from './choices.js';
import type { Session } from './ops/session.js';

export interface GlobalOptions {
  config?: string;
  dataDir?: string;
  logLevel?: string;
  now?: string;
  allowHost?: string[];
  embeddingModel?: string;
  scope?: string;
  generator?: string;
}

/** Gets a session, the command's own options and its arguments, and gives the exit code. */
export type Run<Options extends object> = (
  session: Session,
  options: Options,
  args: string[],
) => Promise<number>;

/** Adds a command to the program. `load` is called when it is to run. */
export type AddCommand = <Options extends object>(
  usage: string,
  description: string,
  examples: string[],
  load: () => Promise<Run<Options>>,
) => Command;

/** For the commands that answer. */
export const generatorOption = (): Option =>
  new Option('--generator <name>', 'who writes the answer').choices(GENERATORS);

const collect = (value: string, before: string[] = []) => [...before, value];

/** `onEnd` gets the exit code of the command that was run. */
export function commandsOf(program: Command, onEnd: (code: number) => void): AddCommand {
  return (usage, description, examples, load) =>
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
        const [{ runCommand }, run] = await Promise.all([import('./cli-run.js'), load()]);
        onEnd(
          await runCommand(self.opts<GlobalOptions>(), (session) => run(session, self.opts(), self.args)),
        );
      });
}
