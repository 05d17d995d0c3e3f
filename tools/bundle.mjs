import { readFileSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

/**
 * Joins the modules that `tsc` wrote to `dist` into `dist/bundle`, which is what users import: Node takes a millisecond a file to load, and
 * a package has up to two hundred. Run in a package's folder; arguments are further modules to begin from, such as that of a worker. Other
 * packages, and what is imported lazily, stay imports.
 */
const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const packages = Object.keys({ ...dependencies, ...peerDependencies });
const isExternal = (/** @type {string} */ id) =>
  id.startsWith('node:') || packages.some((name) => id === name || id.startsWith(`${name}/`));

rmSync('dist/bundle', { recursive: true, force: true });
const build = await rolldown({
  input: ['dist/index.js', ...process.argv.slice(2)],
  external: isExternal,
  treeshake: { moduleSideEffects: false },
  logLevel: 'warn',
});
await build.write({
  dir: 'dist/bundle',
  format: 'esm',
  sourcemap: true,
  comments: { legal: true, annotation: true, jsdoc: false },
});
await build.close();
