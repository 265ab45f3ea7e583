// The files of `init`, all or none: each is written whole under another name, then all get their own names.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { BotError, describeError } from '../../errors.js';
import type { Answers } from './answers.js';
import { FEEDS_FILE, renderConfig, renderEnv, renderFeeds } from './render-files.js';

const FOR_ALL = 0o644;
const FOR_THE_OWNER = 0o600;

interface Draft {
  file: string;
  text: string;
  mode: number;
}

/** What would be written for a configuration file of that name; the one that makes the others count comes last. */
export function draftFiles(configFile: string, answers: Answers): Draft[] {
  const folder = path.dirname(configFile);
  const env = path.join(folder, '.env');
  const former = existsSync(env) ? readFileSync(env, 'utf8') : '';
  const hasTokens = Object.keys(answers.tokens).length > 0;
  return [
    ...(hasTokens ? [{ file: env, text: renderEnv(answers.tokens, former), mode: FOR_THE_OWNER }] : []),
    ...(answers.feeds.length > 0
      ? [{ file: path.join(folder, FEEDS_FILE), text: renderFeeds(answers), mode: FOR_ALL }]
      : []),
    { file: configFile, text: renderConfig(answers), mode: FOR_ALL },
  ];
}

/** Former files stay beside the new ones as NAME.old. Error: `config_unwritable`, and then nothing was changed. */
export function writeFiles(drafts: Draft[]): void {
  const under = ({ file }: Draft) => `${file}.${process.pid}.new`;
  const made: string[] = [];
  try {
    for (const draft of drafts) {
      mkdirSync(path.dirname(draft.file), { recursive: true });
      writeFileSync(under(draft), draft.text, { mode: draft.mode, flag: 'wx' });
      made.push(under(draft));
    }
    for (const { file, mode } of drafts) {
      // What a former .env held stands in the new one, too; no second copy of a secret.
      if (mode !== FOR_THE_OWNER && existsSync(file)) {
        copyFileSync(file, `${file}.old`);
      }
    }
    for (const draft of drafts) {
      renameSync(under(draft), draft.file);
    }
  } catch (error) {
    throw new BotError(
      'config_unwritable',
      `the settings cannot be written (${describeError(error)}); check the folder, or choose another --config`,
      { cause: error },
    );
  } finally {
    for (const file of made) {
      rmSync(file, { force: true });
    }
  }
}
