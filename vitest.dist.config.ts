import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { test } from './vitest.shared.ts';

/** The same tests on what users install: packages resolve to their `dist`, which Node itself loads, and so do the tests' own `../src` imports. */
export default defineConfig({
  plugins: [
    {
      name: 'dl:src-to-dist',
      enforce: 'pre',
      async resolveId(source, importer) {
        if (!source.startsWith('.') || importer === undefined) return null;
        const resolved = await this.resolve(source, importer, { skipSelf: true });
        const built = resolved?.id.replace(/\/(packages\/[^/]+)\/src\/(.+)\.ts$/, '/$1/dist/$2.js');
        return built !== undefined && built !== resolved?.id && existsSync(built) ? { id: built, external: true } : null;
      },
    },
  ],
  test: {
    ...test,
    env: { DL_UNDER_TEST: 'build' },
    exclude: [...(test.exclude ?? []), 'tools/test/**', 'docs/test/site.test.ts'],
    server: { deps: { external: [/\/packages\/[^/]+\/dist\//] } },
  },
});
