// The answers as the texts of files: settings with the comments that config/default.yaml has for them, feeds, and
// secrets, which stand in `.env` alone.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, isScalar, type Node, parseDocument } from 'yaml';
import { CONFIG_FOLDER } from '../../config.js';
import type { Answers } from './answers.js';

export const FEEDS_FILE = 'third-umpire-feeds.yaml';
const HEADER = ` Settings of this Third Umpire, written by \`third-umpire init\`. Every other setting, with its unit and its
 reason, stands in config/default.yaml of the program; what is copied from there to here wins. Secrets stand in
 .env beside this file, or in the environment.`;
const OWN_FEEDS = `# The feeds of this Third Umpire. What can be said of each: config/feeds.yaml of the program.
feeds:
`;

export function renderConfig({ feeds, follow, model, zone }: Answers): string {
  const document = parseDocument(readFileSync(path.join(CONFIG_FOLDER, 'default.yaml'), 'utf8'));
  const values: [keys: string[], value: unknown][] = [
    ...(feeds.length > 0 ? [[['feeds', 'file'], FEEDS_FILE] satisfies [string[], string]] : []),
    ...(model === 'none' ? [] : [[['model', 'file'], model] satisfies [string[], string]]),
    [['digest', 'zone'], zone],
    [['digest', 'follow'], follow],
  ];
  for (const [keys, value] of values) {
    const made = document.createNode(value, { flow: true });
    made.comment = (document.getIn(keys, true) as Node | undefined)?.comment ?? null;
    document.setIn(keys, made);
  }
  keepOnly(
    document.contents,
    values.map(([keys]) => keys),
  );
  document.commentBefore = HEADER;
  const first = isMap(document.contents) ? document.contents.items[0]?.key : undefined;
  if (isScalar(first)) {
    first.spaceBefore = false;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function keepOnly(node: unknown, wanted: string[][]): void {
  if (!isMap(node)) {
    return;
  }
  node.items = node.items.filter(({ key, value }) => {
    const under = wanted.filter(([first]) => isScalar(key) && first === key.value);
    keepOnly(
      value,
      under.map((keys) => keys.slice(1)),
    );
    return under.length > 0;
  });
}

/** The feeds that come with the program stay first, with their reasons. */
export function renderFeeds({ feeds, hasDefaultFeeds }: Answers): string {
  const before = hasDefaultFeeds ? readFileSync(path.join(CONFIG_FOLDER, 'feeds.yaml'), 'utf8') : OWN_FEEDS;
  return `${before.trimEnd()}\n${feeds.map((url) => `\n  - url: ${JSON.stringify(url)}\n`).join('')}`;
}

/** The lines of `former` that set something else stay. */
export function renderEnv(tokens: Answers['tokens'], former: string): string {
  const isReplaced = (line: string) => {
    const name = /^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1];
    return name !== undefined && Object.hasOwn(tokens, name);
  };
  const kept = former.split('\n').filter((line) => !isReplaced(line));
  const own = Object.entries(tokens).map(([name, token]) => `${name}=${token}`);
  return [kept.join('\n').trimEnd(), ...own, ''].filter((line, at) => at > 0 || line).join('\n');
}
