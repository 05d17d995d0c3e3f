import { defineConfig } from 'vitest/config';
import { test } from './vitest.shared.ts';

/** Tests run on the sources: the `@dl/source` condition resolves every package to its `src`. */
export default defineConfig({
  resolve: { conditions: ['@dl/source'] },
  ssr: { resolve: { conditions: ['@dl/source', 'node', 'import', 'default'] } },
  test,
});
