import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { runAsMain } from './lib/run-as-main.mjs';
import { root } from './lib/workspaces.mjs';

/** What a built package may weigh without the packages it imports, in bytes, minified and gzipped. */
const limits = {
  'kernels-wasm': 58_000,
};

/**
 * Which bundles are missing or weigh more than they may.
 *
 * @param {Readonly<Record<string, number>>} limits by folder
 * @param {URL} packages where the folders are
 * @returns {Promise<string[]>} one line a problem
 */
export async function sizeProblems(limits, packages) {
  const problems = [];
  for (const [folder, limit] of Object.entries(limits)) {
    const input = fileURLToPath(new URL(`${folder}/dist/bundle/index.js`, packages));
    if (!existsSync(input)) {
      problems.push(`${folder}: lacks dist/bundle/index.js (npm run build)`);
      continue;
    }
    const bytes = await gzippedBytes(input);
    if (bytes > limit) problems.push(`${folder}: must weigh at most ${limit} bytes minified and gzipped, got ${bytes}`);
  }
  return problems;
}

/** @param {string} input */
async function gzippedBytes(input) {
  const build = await rolldown({ input, external: /^[^./]/, logLevel: 'warn' });
  const { output } = await build.generate({ format: 'esm', minify: true, comments: false });
  await build.close();
  return gzipSync(output[0].code, { level: 9 }).length;
}

await runAsMain(import.meta.url, 'sizes', () => sizeProblems(limits, new URL('packages/', root)));
