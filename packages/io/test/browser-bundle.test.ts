import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { expect, it } from 'vitest';

it('bundles for browsers without a module of Node', async () => {
  const asked: string[] = [];
  const watch: Plugin = {
    name: 'watch',
    enforce: 'pre',
    resolveId(id) {
      asked.push(id);
    },
  };
  await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [watch],
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL('../src/index.ts', import.meta.url)), formats: ['es'] },
      rolldownOptions: { external: /^@dl\// },
    },
  });
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((id) => isBuiltin(id))).toEqual([]);
});
