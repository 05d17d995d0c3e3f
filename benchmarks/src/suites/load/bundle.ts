import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * Gzipped bytes of all that a package exports, in one minified file.
 *
 * @param entry - its built `bundle/index.js`
 * @param packages - whether the packages that it imports go into the file or stay outside
 */
export async function gzippedBytes(entry: URL, packages: 'bundle' | 'external'): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    packages,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    write: false,
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}
