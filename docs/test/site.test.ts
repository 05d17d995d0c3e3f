import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Application, Logger, LogLevel } from 'typedoc';
import { afterAll, expect, test } from 'vitest';
import { root } from '../../tools/lib/workspaces.mjs';
import config from '../typedoc.config.mjs';

const folder = new URL(`.cache/site-test-${process.pid}/`, root);
const path = (name: string): string => fileURLToPath(new URL(name, folder));

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

class Complaints extends Logger {
  readonly texts: string[] = [];

  override log(message: string, level: LogLevel): void {
    if (level >= LogLevel.Warn) this.texts.push(message);
  }
}

/** Builds the site of two packages, as `npm run docs` does for all; what it complains of. */
async function build(source: string): Promise<readonly string[]> {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const compilerOptions = { noEmit: true, module: 'NodeNext', target: 'ES2023', types: [] };
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*/src'] }));
  for (const [name, code] of [
    ['kernels', '/** An error, $e^{x}$. */\nexport class ShapeError extends Error {}\n'],
    ['tensor', source],
  ]) {
    write(`${name}/package.json`, JSON.stringify({ name: `@dl/${name}`, version: '1.0.0', type: 'module' }));
    write(`${name}/src/index.ts`, code);
  }
  const app = await Application.bootstrapWithPlugins({
    ...config,
    readme: 'none',
    projectDocuments: [],
    entryPoints: [path('kernels'), path('tensor')],
    packageOptions: { ...config.packageOptions, tsconfig: path('tsconfig.json') },
    out: path('site'),
  });
  const logger = new Complaints();
  app.logger = logger;
  const project = await app.convert();
  if (project) {
    app.validate(project);
    await app.generateOutputs(project);
  }
  return logger.texts;
}

function write(name: string, text: string): void {
  mkdirSync(new URL('.', new URL(name, folder)), { recursive: true });
  writeFileSync(new URL(name, folder), text);
}

test('a sound package makes a site with its formulas and with KaTeX beside it', async () => {
  expect(await build('/** $\\frac{1}{2}$, unlike {@link ShapeError}. */\nexport const half: number = 0.5;\n')).toEqual([]);
  const page = readFileSync(new URL('site/variables/_dl_tensor.half.html', folder), 'utf8');
  expect(page).toContain('class="katex"');
  expect(page).toContain('href="../classes/_dl_kernels.ShapeError.html"');
  expect(page).toContain('href="../assets/katex/katex.min.css"');
  expect(existsSync(new URL('site/assets/katex/fonts/KaTeX_Main-Regular.woff2', folder))).toBe(true);
});

test.each([
  ['an export without documentation', 'export const half: number = 0.5;\n', '@dl/tensor.half has no documentation'],
  ['a broken link', '/** See {@link nothing}. */\nexport const half: number = 0.5;\n', 'Failed to resolve link to "nothing"'],
  ['bad TeX', '/** $\\frac{1$. */\nexport const half: number = 0.5;\n', 'KaTeX parse error'],
])('%s fails the site', async (_, source, complaint) => {
  expect((await build(source)).join('\n')).toContain(complaint);
});
