// Every wrong input is one line that names the thing and the way out; no stack trace reaches a person. What is piped, and
// one of each kind of exit code, has a process of its own.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliResult, runCli } from '../helpers/run-cli.js';
import { runProgram } from '../helpers/run-program.js';
import { tempFolder } from '../helpers/temp-folder.js';

const WRONG: [string, string[], number, string][] = [
  ['an unknown command', ['frobnicate'], 2, "unknown command 'frobnicate'"],
  ['no question', ['ask'], 2, 'No question given'],
  ['an empty question', ['ask', ' '], 1, 'The question is empty'],
  ['a question of 20,000 characters', ['ask', 'who '.repeat(5000)], 1, '20,000 characters; at most 2,000'],
  ['a wrong scope', ['ask', 'x', '--scope', 'football'], 2, 'cricket, any'],
  ['a wrong time', ['ask', 'x', '--now', 'yesterday'], 2, 'ISO 8601'],
  [
    'a missing model folder',
    ['ask', 'x', '--embedding-model', './no-such-model'],
    1,
    'config.json is missing',
  ],
  ['an unknown model', ['ask', 'x', '--embedding-model', 'gpt5'], 1, 'all-MiniLM-L6-v2'],
  ['a missing configuration', ['ask', 'x', '--config', 'none.yaml'], 1, 'none.yaml'],
  ['no address', ['ingest', '--feed', 'nonsense'], 2, '"nonsense" is not an address'],
  [
    'a port where nothing listens',
    ['ingest', '--feed', 'http://127.0.0.1:9/', '--allow-host', '127.0.0.1'],
    1,
    'nothing listens',
  ],
  ['a loopback address', ['ingest', '--feed', 'http://127.0.0.1:9/'], 1, '--allow-host 127.0.0.1'],
  ['a wrong index action', ['index', 'frob'], 2, 'status, rebuild'],
  ['a wrong feeds action', ['feeds', 'frob'], 2, 'list, add, remove, import, export'],
  ['a feed that is not followed', ['feeds', 'remove', 'https://example.org/x'], 1, 'is not followed'],
  ['a missing list of feeds', ['feeds', 'import', 'none.opml'], 1, 'none.opml cannot be read'],
  ['a list that is none', ['feeds', 'import', 'package.json'], 1, 'no OPML file'],
  ['a takedown of nothing', ['articles', 'remove'], 2, 'or a domain'],
  ['a takedown of a front page', ['articles', 'remove', 'https://example.org/'], 2, "a site's front page"],
  ['an article that is not stored', ['articles', 'show', 'https://example.org/x'], 1, 'is not stored'],
  ['a model that is not there', ['ask', 'x', '--closed-book'], 1, 'language model'],
];

describe('a wrong command', () => {
  async function check(
    run: (args: string[]) => Promise<CliResult>,
    [, args, code, line]: (typeof WRONG)[number],
  ) {
    const isBare = args[0] === 'frobnicate';
    const model = args.includes('--embedding-model') ? [] : ['--embedding-model', 'none'];
    const common = isBare ? [] : ['--data-dir', tempFolder(), ...model];

    const result = await run([...args, ...common]);

    const all = result.out + result.error;
    expect(all).toContain(line);
    expect(all).not.toMatch(/\n\s+at /);
    expect(result.code).toBe(code);
  }

  it.each(WRONG)('names %s', (...wrong) => check(runProgram, wrong));

  it.each(WRONG.slice(0, 3))('ends a process that names %s', (...wrong) => check(runCli, wrong));
});

const PIPED: [string, string[], string, string][] = [
  ['an empty feed', ['parse-feed'], '', 'the feed is empty'],
  ['a page instead of a feed', ['parse-feed'], '<html><body>hello</body></html>', 'a web page, not a feed'],
  ['broken XML', ['parse-feed'], '<rss version="2.0"><channel><title>x</rss>', 'broken'],
  ['a feed nested 100,000 deep', ['parse-feed'], '<a>'.repeat(100_000), 'more than 256 deep'],
  ['a page nested 100,000 deep', ['extract'], '<div>'.repeat(100_000), 'more than 256 deep'],
  ['a page without an article', ['extract'], '<p>Accept all cookies</p>', 'no article'],
];

describe('a wrong document on stdin', () => {
  it.each(PIPED)('names %s', async (_, args, input, line) => {
    const result = await runCli(args, input);

    expect(result.error).toContain(line);
    expect(result.error).not.toMatch(/\n\s+at /);
    expect(result.code).toBe(1);
  });
});

const CONFIGS: [string, string, string][] = [
  [
    'a value of a wrong type',
    'retrieval:\n  limit: banana\n',
    ':2  retrieval.limit: "banana" is not allowed (allowed: a number)',
  ],
  [
    'a value out of range',
    'retrieval:\n  denseWeight: 3\n',
    ':2  retrieval.denseWeight: 3 is not allowed (allowed: 1 or less)',
  ],
  ['an unknown key', 'retreival: {}\n', ':1  retreival: no such setting'],
  ['broken YAML', 'a: [1\n', 'not valid YAML'],
];

describe('a wrong configuration', () => {
  it.each(CONFIGS)('names %s with its line', async (_, text, line) => {
    const folder = tempFolder();
    const file = path.join(folder, 'own.yaml');
    writeFileSync(file, text);

    const result = await runProgram(['ask', 'x', '--config', file, '--data-dir', folder]);

    expect(result.error).toContain(`own.yaml`);
    expect(result.error).toContain(line);
    expect(result.code).toBe(1);
  });
});
