import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/** @typedef {{ wasm: Uint8Array, declarations: string }} Compiled a variant, and the signatures that asc writes for its own bindings */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const options = [
  'assembly/index.ts',
  ...['--outFile', 'kernels.wasm', '--bindings', 'raw', '--runtime', 'stub', '-O3', '--noAssert'],
  ...['--importMemory', '--noExportMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
  ...['--enable', 'simd', '--enable', 'threads'],
];

/**
 * What assembly/ compiles to.
 *
 * @param {'simd' | 'relaxed-simd'} variant
 * @returns {Promise<Compiled>}
 */
export async function compile(variant) {
  /** @type {Map<string, string | Uint8Array>} */
  const files = new Map();
  const { error, stderr } = await asc.main([...options, '--enable', variant], {
    readFile: (name, base) => {
      const path = join(root, base, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    writeFile: (name, contents) => void files.set(name, contents),
    listFiles: () => [],
  });
  const [wasm, declarations] = [files.get('kernels.wasm'), files.get('kernels.d.ts')];
  if (error !== null || !(wasm instanceof Uint8Array) || typeof declarations !== 'string') {
    throw new Error(`asc: ${error?.message}\n${stderr.toString()}`);
  }
  return { wasm, declarations };
}
