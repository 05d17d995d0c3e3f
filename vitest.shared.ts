import type { InlineConfig } from 'vitest/node';

/** What the tests on the sources and the tests on the build have in common: the tests. */
export const test: InlineConfig = {
  include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'docs/test/**/*.test.ts', 'tools/test/**/*.test.ts'],
  exclude: ['**/*.browser.test.ts', '**/node_modules/**', '**/dist/**'],
  environment: 'node',
  setupFiles: ['tools/fast-check-seed.ts'],
  testTimeout: 60_000,
};
