import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { test } from './vitest.shared.ts';

/**
 * The same tests on what users install: packages resolve to the bundles in their `dist`, which Node itself loads, and so do the tests' own
 * imports of `../src/index.ts`. What tests look at inside a package resolves to its modules, which the bundle was made of.
 */
export default defineConfig({
  plugins: [
    {
      name: 'dl:src-to-dist',
      enforce: 'pre',
      async resolveId(source, importer) {
        if (!source.startsWith('.') || importer === undefined) return null;
        const resolved = await this.resolve(source, importer, { skipSelf: true });
        const built = [
          resolved?.id.replace(/\/(packages\/[^/]+)\/src\/index\.ts$/, '/$1/dist/bundle/index.js'),
          resolved?.id.replace(/\/(packages\/[^/]+)\/src\/(.+)\.ts$/, '/$1/dist/$2.js'),
        ].find((path) => path !== undefined && path !== resolved?.id && existsSync(path));
        return built === undefined ? null : { id: built, external: true };
      },
    },
  ],
  test: {
    ...test,
    env: { DL_UNDER_TEST: 'build' },
    exclude: [
      ...(test.exclude ?? []),
      // What builds from the sources in any case has run on them.
      'tools/test/**',
      'docs/test/site.test.ts',
      'examples/browser/test/page.test.ts',
      'packages/kernels-wasm/test/generated.test.ts',
      // So have long computations that other tests on the build do in short.
      'packages/models/test/{parity-*,image-net,vgg}.test.ts',
      'packages/testing/test/{soak,derivatives,reference}.test.ts',
      'examples/courses/test/**',
    ],
    server: { deps: { external: [/\/packages\/[^/]+\/dist\//] } },
  },
});
