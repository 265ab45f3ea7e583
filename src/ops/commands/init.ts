// `init`: from nothing to a bot that runs. Asks, writes the settings and the secrets, looks with `doctor` whether they
// do, and fetches a language model where that is wanted. Nothing is written before the last question is answered.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { configInUse, OWN_CONFIG, variablesOf } from '../../config.js';
import { BotError } from '../../errors.js';
import type { DigestWords } from '../app.js';
import { isConfirmed } from '../confirm.js';
import { type Answers, feedProblem, TOKENS, type TokenName, tokenProblem } from '../init/answers.js';
import type { Session } from '../session.js';
import { runDoctor } from './doctor.js';
import { runModel } from './model.js';

interface InitOptions {
  config?: string;
  yes?: boolean;
  zone?: string;
  follow?: string[];
  feed?: string[];
  defaultFeeds: boolean;
  model?: Answers['model'];
  download?: boolean;
  force?: boolean;
}

/** Gives the exit code of `doctor`. Errors: `usage`, `config_exists`, `config_unwritable`, those of `model pull`. */
export async function runInit(session: Session, options: InitOptions): Promise<number> {
  const isAsking = !options.yes && Boolean(process.stdin.isTTY && process.stderr.isTTY);
  const [{ askAnswers }, { draftFiles, writeFiles }, words] = await Promise.all([
    import('../init/ask-answers.js'),
    import('../init/write-files.js'),
    session.composition.openDigestWords(),
  ]);
  const file = path.resolve(configInUse(options.config) ?? OWN_CONFIG);
  const known = answersOf(options, words);
  tellTokens(session, known.tokens);
  const answers = isAsking ? await askAnswers(known, words, session.signal) : known;

  const drafts = draftFiles(file, answers);
  const taken = drafts.filter((draft) => existsSync(draft.file)).map((draft) => named(draft.file));
  if (taken.length > 0 && !options.force) {
    if (!isAsking) {
      throw new BotError('config_exists', `${taken.join(', ')} is there already; --force replaces it`);
    }
    if (!(await isConfirmed(session, `Replace ${taken.join(', ')}?`))) {
      throw new BotError('interrupted', 'Stopped; nothing was written.');
    }
  }
  writeFiles(drafts);
  const mark = session.outStyle.paint('green', '✓');
  await session.out(drafts.map((draft) => `${mark} ${named(draft.file)} is written\n`).join(''));
  await session.out(told(answers));

  const code = await runDoctor(session, {});
  const wants = async (size: string) =>
    isAsking ? isConfirmed(session, `Fetch the language model now (${size})?`) : options.download === true;
  if (answers.model !== 'none' && !(await hasModel(session))) {
    if (await wants(answers.model === 'small' ? '4.4 GB' : '28.5 GB')) {
      await runModel(session, {}, ['pull']);
    } else {
      session.note('The model is fetched by: third-umpire model pull');
    }
  }
  session.note(
    'Next: third-umpire ingest, then third-umpire ask "Who won last night?", or third-umpire start',
  );
  return code;
}

function answersOf({ defaultFeeds, feed = [], follow = [], model, zone }: InitOptions, words: DigestWords) {
  const tokens = variablesOf(TOKENS);
  const problems = [
    ...Object.entries(tokens).map(([name, token]) => tokenProblem(name as TokenName, token)),
    ...feed.map(feedProblem),
    ...(defaultFeeds || feed.length > 0 ? [] : ['--no-default-feeds needs a --feed of your own']),
  ];
  const problem = problems.find((each) => each !== undefined);
  if (problem) {
    throw new BotError('usage', problem);
  }
  words.checkFollow(follow);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const answers: Answers = {
    ...{ tokens, feeds: feed, hasDefaultFeeds: defaultFeeds },
    ...{ zone: words.zone(zone ?? here), follow, model: model ?? 'none' },
  };
  return answers;
}

const named = (file: string) => path.relative(process.cwd(), file) || file;

function tellTokens(session: Session, tokens: Answers['tokens']): void {
  const names = Object.keys(tokens);
  if (names.length > 0) {
    session.note(`Taken from the environment: ${names.join(', ')}`);
  }
}

/** What was taken; of tokens their names alone. */
function told({ feeds, follow, hasDefaultFeeds, model, tokens, zone }: Answers): string {
  const lists = [
    ...(hasDefaultFeeds ? ["the program's list"] : []),
    ...(feeds.length > 0 ? [`${feeds.length} of your own`] : []),
  ];
  return `  tokens   ${Object.keys(tokens).join(', ') || 'none'}
  feeds    ${lists.join(', and ')}
  digests  follow ${follow.join(', ') || 'everything'}, by the clock of ${zone}
  model    ${model}
`;
}

async function hasModel(session: Session): Promise<boolean> {
  const settings = session.settings();
  const desk = await session.composition.openModels(settings);
  return settings.secrets.llmBaseUrls.length > 0 || existsSync(desk.named().file);
}
