// The command line: what can be typed. Each command lives in a file of ops/commands; this one knows their names,
// options and examples.
import { Command, CommanderError } from 'commander';
import { commandsOf, generatorOption } from './cli-command.js';
import { addNewsCommands } from './cli-news.js';
import { addOperations } from './cli-operations.js';
import { FIGURES } from './ops/eval/figures.js';
import { VERSION } from './version.js';

const EXIT_USAGE = 2;
const EVAL_FILE = `
The file:
  now: 2023-12-19T15:05:00Z          # the clock; a question may have its own
  thresholds: {hits@4: 0.95, false-abstention: 0.1}
  questions:
    - question: How much did Kolkata pay for Mitchell Starc?
      must-cite: [[starc-record, auction-prices]]   # parts of addresses; a list in the list = any of them
      must-contain: [24.75 crore]
      fresh-since: 2023-12-19        # the newest source cited may not be older
    - turns: [Who won in Perth?, And who took most wickets?]   # one thread; the last is scored
      must-contain: [Lyon]
    - question: Who will captain England in 2031?
      must-abstain: true

Figures: ${FIGURES.join(', ')}.
Sources are scored where must-cite is given, words where must-contain is; silence counts as wrong. Latencies are in
milliseconds, source-age in hours.`;

const EXAMPLES = `
Examples:
  $ third-umpire demo                        sample news, answered
  $ third-umpire ingest                      one pass over the feeds of config/feeds.yaml
  $ third-umpire ask "Who won last night?"
  $ third-umpire start                       polls the feeds when they are due
  $ third-umpire doctor                      what does not run here, and how to mend it`;

/**
 * Runs what was typed, without the names of the interpreter and of the program; gives the exit code: 0 done, 1 failed,
 * 2 wrongly typed, 130 interrupted. Results go to stdout, everything else to stderr.
 */
export async function runProgram(typed: readonly string[]): Promise<number> {
  let code = 0;
  const program = createProgram((ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(typed, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    // Commander has printed its line already; its own codes are not ours.
    return error.exitCode === 0 ? 0 : EXIT_USAGE;
  }
}

function createProgram(onEnd: (code: number) => void): Command {
  const program = new Command('third-umpire')
    .description(
      'Cricket news, answered with sources: every number, name and date stands in an article that is linked.',
    )
    .version(VERSION)
    .showHelpAfterError('(add --help to see what is possible)')
    .addHelpText('after', EXAMPLES)
    .exitOverride();
  const command = commandsOf(program, onEnd);
  addNewsCommands(command);
  addOperations(command);

  command(
    'ask [question]',
    'answer one question, with numbered sources',
    [
      'ask "Who bought Mitchell Starc?"',
      'ask --json "How many wickets has Lyon?"',
      'ask --jsonl < questions.jsonl > answers.jsonl',
    ],
    async () => (await import('./ops/commands/ask.js')).runAsk,
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
    async () => (await import('./ops/commands/search.js')).runSearch,
  )
    .option('-k <n>', 'how many passages', '10')
    .option('--json', 'one JSON object');

  command(
    'index <action>',
    'the two derived indexes: status, or rebuild from the store',
    ['index status', 'index rebuild'],
    async () => (await import('./ops/commands/index-command.js')).runIndex,
  ).option('--json', 'one JSON object');

  command(
    'model <action> [name]',
    'language models: pull fetches one, list, check says what one needs and whether the servers of LLM_BASE_URL answer',
    [
      'model pull',
      'model pull small',
      'model pull hf:USER/REPOSITORY:Q4_K_M',
      'model list',
      'model check',
      'model check own.gguf --gpu-memory 16 --compute-capability 7.0',
    ],
    async () => (await import('./ops/commands/model.js')).runModel,
  )
    .option('--json', 'one JSON object')
    .option('--gpu-memory <GB>', 'check: plan for another GPU; 0 = none')
    .option('--compute-capability <x>', "check: that GPU's, as 7.0");

  command(
    'eval <file>',
    'how good the answers are to the questions of a file',
    [
      'eval questions.yaml',
      'eval questions.yaml --json > report.json',
      'eval questions.yaml --threshold hits@4=0.95 abstention-recall=0.8 latency-p95=2000',
    ],
    async () => (await import('./ops/commands/eval.js')).runEval,
  )
    .option('--threshold <figure=bound...>', 'exit 1 when this figure is worse; wins over the file')
    .option('--json', 'one JSON object')
    .addOption(generatorOption())
    .addHelpText('after', EVAL_FILE);

  command(
    'feedback <action>',
    'the answers that people marked as wrong, as questions for eval (export)',
    ['feedback export > wrong.yaml', 'feedback export --since 2023-12-19'],
    async () => (await import('./ops/commands/feedback.js')).runFeedback,
  ).option('--since <time>', 'marked from this time on');

  command(
    'forget <user>',
    'takes away all that is kept of a person, by the id that Slack or Discord gives them',
    ['forget U0123456789'],
    async () => (await import('./ops/commands/forget.js')).runForget,
  );

  command(
    'demo',
    'sample news, answered here and in the browser: no tokens, no downloads, no internet',
    ['demo', 'demo --stay < /dev/null'],
    async () => (await import('./ops/commands/demo.js')).runDemo,
  )
    .option('--stay', 'goes on until Ctrl-C, also where there is no terminal')
    .addOption(generatorOption());
  return program;
}
