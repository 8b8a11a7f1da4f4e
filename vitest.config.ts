import { defineConfig } from 'vitest/config';

export default defineConfig({
  // graphql 16 is CommonJS to Node, which is what the libraries load; Vite would give the tests its .mjs twin, and a
  // schema of one does not work with the functions of the other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
