import { defineConfig } from 'vitest/config';

/** Functions over values, which leave nothing behind: their files share one load of the modules in each worker. */
const PURE = ['test/rag/{answer,evidence,generate,ground,guard,retrieve,understand}/**/*.test.ts'];

/** What a store promises, whichever database it is in: run on a file, and again on PostgreSQL. */
const ON_BOTH = [
  'test/store/{articles,audit,chunks,claims,conversations,digests,feeds,forget-digests,processes}.test.ts',
  'test/store/{remove-articles,revisions,stories,switches,vectors,watches,web-posts}.test.ts',
  'test/store/{discord-shards,hosts}.test.ts',
  'test/{news-replicas,open-hold}.test.ts',
  'test/e2e/{kill,kill-answers}.test.ts',
];
/** What is there only between several machines. */
const ON_POSTGRES = ['test/store/postgres/**/*.test.ts', 'test/replicas/**/*.test.ts'];

// In CI and with `npm run test:secrets` every process of the tests, whichever starts it, is watched for secrets that it writes
// (test/helpers/no-secret-written.ts): it costs a sixth more time.
const isWatched = Boolean(process.env['SECRETS_WATCH']);
if (isWatched) {
  const watch = new URL('test/fixtures/watch-writes.mjs', import.meta.url);
  process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import=${watch}`.trim();
}

// Tests import `#src/…`, which is the compiled program (package.json, "imports"): what is tested is what
// ships, and worker threads load the same files as in production. `npm test` compiles first.
export default defineConfig({
  test: {
    testTimeout: isWatched ? 30_000 : 20_000,
    hookTimeout: 30_000,
    setupFiles: isWatched ? ['test/helpers/no-secret-written.ts'] : [],
    maxWorkers: 2,
    // The compiled program is loaded as it stands, by Node itself.
    server: { deps: { external: [/\/dist\//] } },
    // The settings and tokens of whoever works in this checkout are none of the tests' business.
    env: { THIRD_UMPIRE_CONFIG: '/dev/null', DATABASE_URL: '' },
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      {
        extends: true,
        test: { name: 'rest', include: ['test/**/*.test.ts'], exclude: [...PURE, ...ON_POSTGRES] },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [...ON_BOTH, ...ON_POSTGRES],
          globalSetup: ['test/helpers/postgres-cluster.ts'],
          setupFiles: ['test/helpers/need-postgres.ts'],
          env: { TEST_STORE: 'postgres' },
          // Each step of a transaction goes to a server and back.
          testTimeout: 60_000,
        },
      },
    ],
  },
});
