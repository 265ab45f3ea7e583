import { defineConfig } from 'vitest/config';

/** Functions over values, which leave nothing behind: their files share one load of the modules in each worker. */
const PURE = ['test/rag/{answer,evidence,generate,ground,guard,retrieve,understand}/**/*.test.ts'];

// Tests import `#src/…`, which is the compiled program (package.json, "imports"): what is tested is what
// ships, and worker threads load the same files as in production. `npm test` compiles first.
export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // The compiled program is loaded as it stands, by Node itself.
    server: { deps: { external: [/\/dist\//] } },
    // The settings and tokens of whoever works in this checkout are none of the tests' business.
    env: { THIRD_UMPIRE_CONFIG: '/dev/null' },
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      { extends: true, test: { name: 'rest', include: ['test/**/*.test.ts'], exclude: PURE } },
    ],
  },
});
