import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dl-without-gpu-'));
const main = join(folder, 'main.mjs');

beforeAll(async () => {
  for (const name of ['kernels', 'kernels-wasm', 'tensor']) await install(name);
  symlinkSync(join(root, 'node_modules/ndarray'), join(folder, 'node_modules/ndarray'), 'junction');
  writeFileSync(
    main,
    `import { tensor, useBackend } from '@dl/tensor';
     const gpu = await useBackend('gpu').catch(({ message }) => message);
     const { name, refused } = (await useBackend('auto')).info();
     console.log(JSON.stringify({ gpu, name, refused, sum: await tensor([1, 2]).sum().item() }));`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Puts a package in place as npm does: one file, and its manifest. */
async function install(name: string): Promise<void> {
  const [from, to] = [join(root, 'packages', name), join(folder, 'node_modules/@dl', name)];
  const bundle = await rolldown({
    input: join(from, 'src/index.ts'),
    external: /^[^./]/,
    treeshake: { moduleSideEffects: false },
  });
  await bundle.write({ file: join(to, 'index.js'), format: 'esm' });
  await bundle.close();
  mkdirSync(to, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  writeFileSync(join(to, 'package.json'), JSON.stringify({ ...manifest, exports: './index.js' }));
}

function expectToRun(file: string): void {
  const said = JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' }));
  const reason = '@dl/kernels-gpu must be installed (npm install @dl/kernels-gpu), got: ';
  expect(said).toMatchObject({ name: 'wasm', sum: 3 });
  expect(said.gpu).toContain(`useBackend: ${reason}`);
  expect(said.refused[0]).toContain(`gpu: ${reason}`);
}

describe('without @dl/kernels-gpu', () => {
  it('runs in Node', () => expectToRun(main));

  it('is built by vite, without a warning', async () => {
    const warnings: string[] = [];
    await build({
      ...{ root: folder, configFile: false, logLevel: 'silent' },
      build: {
        ...{ outDir: 'vite', target: 'esnext', lib: { entry: main, formats: ['es'], fileName: 'main' } },
        rolldownOptions: { onLog: (level, log) => warnings.push(`${level}: ${log.message}`) },
      },
    });
    expect(warnings).toEqual([]);
    expectToRun(join(folder, 'vite/main.mjs'));
  });

  it('is built by rolldown, without a warning', async () => {
    const warnings: string[] = [];
    const bundle = await rolldown({
      input: main,
      platform: 'browser',
      onLog: (level, log) => warnings.push(`${level}: ${log.message}`),
    });
    await bundle.write({ file: join(folder, 'rolldown/main.mjs'), format: 'esm' });
    await bundle.close();
    expect(warnings).toEqual([]);
    expectToRun(join(folder, 'rolldown/main.mjs'));
  });
});
