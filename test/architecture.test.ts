// The import rules of ARCHITECTURE.md, kept by what ships: the compiled program, from which imports of types are
// gone, and which is read in a fraction of the time. dependency-cruiser reports success for modules that it cannot
// read, so the number of modules that it saw is asserted, too.
import { readdirSync, readFileSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { beforeAll, expect, it } from 'vitest';

const SHARED = '^dist/(choices|domain|errors|log|make-folder|metrics|turns|until-aborted)\\.js$';
const inside = (folder: string) => `^dist/${folder}/`;
/** A rule that everything under `from` may reach only what `to` matches. */
const only = (name: string, from: string, to: string[], fromNot?: string) => ({
  name,
  severity: 'error' as const,
  from: { path: from, ...(fromNot ? { pathNot: fromNot } : {}) },
  to: { pathNot: to },
});
const OWN = ['^dist/'];
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
    '^dist/rag/(adapters/|open-)',
  ),
  only('an adapter sees the ports and its own neighbours', inside('rag/adapters'), [
    inside('rag/adapters'),
    '^dist/rag/ports\\.js$',
    SHARED,
    'node_modules',
    BUILTIN,
  ]),
  only('bots receive ask and post digests, and never import rag, feeds or store', inside('bots'), [
    inside('bots'),
    // The port that a platform implements, and its nouns.
    '^dist/digests/(platform|ports|subscription)\\.js$',
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
    '^dist/bots/(sources|read-digest-words)\\.js$',
    '^dist/config(-file)?\\.js$',
    SHARED,
    'node_modules',
    BUILTIN,
  ]),
  {
    name: 'only cli-run.ts imports main.ts',
    severity: 'error' as const,
    from: { path: '^dist/', pathNot: '^dist/cli-run\\.js$' },
    to: { path: '^dist/main\\.js$' },
  },
  { name: 'no circle', severity: 'error' as const, from: { path: OWN }, to: { circular: true } },
];

const sources = readdirSync('src', { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'));
const compiled = sources.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
let read: ICruiseResult;

beforeAll(async () => {
  const { output } = await cruise(compiled, {
    ruleSet: { forbidden: rules },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  });
  read = output as ICruiseResult;
  // It parses every file; a busy machine takes more than the usual limit.
}, 120_000);

it('keeps every import rule', () => {
  const { modules, summary } = read;

  const found = summary.violations.map(({ from, rule, to }) => `${rule.name}: ${from} -> ${to}`);
  expect(found).toEqual([]);
  const seen = modules.map(({ source }) => source).filter((source) => source.startsWith('dist/'));
  expect(seen.sort()).toEqual(compiled.sort());
  expect(seen.length).toBeGreaterThan(60);
});

it('loads what a command needs when it runs, not before', () => {
  const modules = new Map(read.modules.map((module) => [module.source, module]));
  const loaded = new Set(['dist/cli.js']);
  for (const source of loaded) {
    for (const { coreModule, dynamic, resolved } of modules.get(source)?.dependencies ?? []) {
      if (!dynamic && !coreModule) {
        loaded.add(resolved);
      }
    }
  }

  const packages = [...loaded].filter((source) => source.startsWith('node_modules/'));

  // --version and --help, and the start of everything else.
  expect(packages).toEqual([expect.stringContaining('/commander/')]);
  expect(loaded.size).toBeLessThan(15);
});

it('reads the environment in config.ts alone', () => {
  const reading = sources.filter((file) => readFileSync(`src/${file}`, 'utf8').includes('process.env'));

  expect(reading).toEqual(['config.ts']);
});

it('keeps files small enough to hold one idea', () => {
  const long = sources.filter((file) => readFileSync(`src/${file}`, 'utf8').split('\n').length > 201);

  expect(long).toEqual([]);
});
