// The import rules of ARCHITECTURE.md. dependency-cruiser reports success for modules that it cannot read, so
// the number of modules that it saw is asserted, too.
import { readdirSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { expect, it } from 'vitest';

const SHARED = '^src/(domain|errors|log|metrics|turns|until-aborted)\\.ts$';
const inside = (folder: string) => `^src/${folder}/`;
/** A rule that everything under `from` may reach only what `to` matches. */
const only = (name: string, from: string, to: string[], fromNot?: string) => ({
  name,
  severity: 'error' as const,
  from: { path: from, ...(fromNot ? { pathNot: fromNot } : {}) },
  to: { pathNot: to },
});
const OWN = ['^src/'];
const BUILTIN = '^(node:)?[a-z_/]+$';

const rules = [
  only('feeds sees itself and the shared files', inside('feeds'), [
    inside('feeds'),
    SHARED,
    'node_modules',
    BUILTIN,
  ]),
  only('store sees itself and the shared files', inside('store'), [
    inside('store'),
    SHARED,
    'node_modules',
    BUILTIN,
  ]),
  only('rag sees itself and the shared files', inside('rag'), [
    inside('rag'),
    SHARED,
    'node_modules',
    BUILTIN,
  ]),
  only(
    'the core of rag does no I/O and uses few packages',
    inside('rag'),
    [
      inside('rag'),
      SHARED,
      'node_modules/(@langchain/textsplitters|chrono-node|zod|stemmer)',
      '^(node:)?crypto$',
    ],
    '^src/rag/(adapters/|open-)',
  ),
  only('an adapter sees the ports and its own neighbours', inside('rag/adapters'), [
    inside('rag/adapters'),
    '^src/rag/ports\\.ts$',
    SHARED,
    'node_modules',
    BUILTIN,
  ]),
  only('bots receive ask and post digests, and never import rag, feeds or store', inside('bots'), [
    inside('bots'),
    // The port that a platform implements, and its nouns.
    '^src/digests/(platform|ports|subscription)\\.ts$',
    SHARED,
    'node_modules',
    BUILTIN,
  ]),
  only('digests receive what they need of rag, store and bots', inside('digests'), [
    inside('digests'),
    SHARED,
    'node_modules',
    BUILTIN,
  ]),
  only('ops composes over the domain, the settings and the terminal', inside('ops'), [
    inside('ops'),
    inside('bots/terminal'),
    '^src/bots/(sources|read-digest-words)\\.ts$',
    '^src/config(-file)?\\.ts$',
    SHARED,
    'node_modules',
    BUILTIN,
  ]),
  {
    name: 'only cli.ts imports main.ts',
    severity: 'error' as const,
    from: { path: '^src/', pathNot: '^src/cli\\.ts$' },
    to: { path: '^src/main\\.ts$' },
  },
  { name: 'no circle', severity: 'error' as const, from: { path: OWN }, to: { circular: true } },
];

it('keeps every import rule', async () => {
  const { output } = await cruise(['src'], {
    ruleSet: { forbidden: rules },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  });
  const { modules, summary } = output as ICruiseResult;

  const found = summary.violations.map(({ from, rule, to }) => `${rule.name}: ${from} -> ${to}`);
  expect(found).toEqual([]);
  const files = readdirSync('src', { recursive: true }).filter((file) => String(file).endsWith('.ts'));
  expect(modules.filter(({ source }) => source.startsWith('src/'))).toHaveLength(files.length);
  expect(files.length).toBeGreaterThan(60);
  // It parses every file; a busy machine takes more than the usual limit.
}, 120_000);

it('reads the environment in config.ts alone', async () => {
  const { readFileSync } = await import('node:fs');
  const files = readdirSync('src', { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'));

  const reading = files.filter((file) => readFileSync(`src/${file}`, 'utf8').includes('process.env'));

  expect(reading).toEqual(['config.ts']);
});

it('keeps files small enough to hold one idea', async () => {
  const { readFileSync } = await import('node:fs');
  const files = readdirSync('src', { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'));

  const long = files.filter((file) => readFileSync(`src/${file}`, 'utf8').split('\n').length > 201);

  expect(long).toEqual([]);
});
