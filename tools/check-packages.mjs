import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { runAsMain } from './lib/run-as-main.mjs';
import { root, workspaces } from './lib/workspaces.mjs';

/** @typedef {{ name: string, filename: string, files: readonly { path: string }[] }} Packed a row of what `npm pack --json` prints */

const run = promisify(execFile);
const attw = join(createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json'), '..', 'dist', 'index.js');

/** What every package gives its user besides code. */
const owed = ['LICENSE', 'README.md', 'dist/bundle/index.js', 'dist/index.d.ts', 'src/index.ts'];

/** Packs every public package once and looks at the very files a user would get. */
async function problemsOfAll() {
  const folder = mkdtempSync(join(tmpdir(), 'dl-packages-'));
  try {
    const names = workspaces().flatMap(({ manifest }) => (manifest.private ? [] : ['-w', manifest.name]));
    const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder, ...names], {
      cwd: fileURLToPath(root),
      maxBuffer: 1 << 28,
      shell: process.platform === 'win32',
    });
    const packed = /** @type {Packed[]} */ (JSON.parse(stdout));
    const problems = [];
    for (const one of packed) problems.push(...(await packageProblems(one, join(folder, one.filename))));
    return problems;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {Packed} packed
 * @param {string} tarball
 * @returns {Promise<string[]>}
 */
async function packageProblems({ name, files }, tarball) {
  const [lint, types] = await Promise.all([lintProblems(name, tarball), typeProblems(name, tarball)]);
  const paths = files.map(({ path }) => path);
  const missing = owed.filter((path) => !paths.includes(path)).map((path) => `${name}: lacks ${path}`);
  const waste = paths.filter((path) => /tsbuildinfo$|(^|\/)test\//.test(path)).map((path) => `${name}: must not publish ${path}`);
  return [...missing, ...waste, ...lint, ...types];
}

/**
 * @param {string} name
 * @param {string} tarball
 */
async function lintProblems(name, tarball) {
  const bytes = new Uint8Array(readFileSync(tarball));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  return messages.map((message) => `${name}: publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

/**
 * @param {string} name
 * @param {string} tarball
 */
async function typeProblems(name, tarball) {
  const options = ['--profile', 'esm-only', '--no-definitely-typed', '--no-color', '--no-emoji', '--format', 'ascii'];
  try {
    await run(process.execPath, [attw, tarball, ...options]);
    return [];
  } catch (error) {
    return [`${name}: attw:\n${/** @type {{ stdout?: string }} */ (error).stdout ?? error}`];
  }
}

await runAsMain(import.meta.url, 'packages', problemsOfAll);
