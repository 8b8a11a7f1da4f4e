import { defineConfig } from 'vitest/config';

/** Tests that have a process of their own, with the reason. All others share three, in which modules are loaded once. */
const alone = {
  'test/base/config/load-env-file.test.ts': 'changes the environment',
  'test/crash/crash.test.ts': 'measures processes, beside which nothing else is to be started',
  'test/base/database/postgresql/postgresql-failures.test.ts':
    'starts a PostgreSQL, whose package ends the process on any signal',
  'test/base/files/file-system.test.ts': 'replaces a module',
  'test/base/http-date.test.ts': 'changes the clock',
  'test/service/graphql/limits.test.ts': 'changes the schema',
  'test/service/graphql/masked-errors.test.ts': 'changes the schema',
  'test/library/jobs/clock-set-back.test.ts': 'changes the clock',
  'test/library/scan/watch/polled-roots.test.ts': 'replaces a module',
  'test/library/scan/watch/schedule.test.ts': 'changes the clock',
};

// graphql 16 is CommonJS to Node, which is what the libraries load; Vite would give the tests its .mjs twin, and a
// schema of one does not work with the functions of the other.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };
const test = {
  pool: 'forks',
  // They end what hangs, and say nothing of speed: a machine may be busy with much else.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  restoreMocks: true,
  // What is waited for comes at once on a quick machine, and some seconds later on a busy one.
  expect: { poll: { timeout: 60_000 } },
} as const;
const names = Object.keys(alone);
/** Tests of the page in a real Chromium. */
const browsers = 'test/**/*.browser.test.ts';

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    // Two cores are kept busy by three: many tests wait for a process or a clock.
    maxWorkers: 3,
    projects: [
      {
        resolve,
        test: {
          ...test,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...names, browsers],
          isolate: false,
        },
      },
      { resolve, test: { ...test, name: 'alone', include: names } },
      {
        resolve,
        test: {
          ...test,
          name: 'browser',
          include: [browsers],
          globalSetup: ['test/support/browser-setup.ts'],
          isolate: false,
        },
      },
    ],
  },
});
