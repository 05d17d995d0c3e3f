import { families } from '../records/index.ts';
import type { GoldenReader } from '../suites/golden.ts';
import type { Golden } from './golden.ts';

/** Where this package keeps `<family>/<op>.json`. Not a constant `new URL`, which a bundler would replace. */
const folder = ['..', '..', 'golden', ''].join('/');

/** Loads the golden values of all records: from the disk in Node, by `fetch` in a page whose server has this package. */
export async function loadGolden(): Promise<GoldenReader> {
  const loaded = await Promise.all(
    Object.entries(families).flatMap(([family, records]) =>
      records.map(async ({ name }) => [name, await load(`${family}/${name}.json`)] as const),
    ),
  );
  const byOp = new Map(loaded);
  return (op) => byOp.get(op);
}

/** A file, or undefined where it is missing, which the suites report. */
async function load(path: string): Promise<Golden | undefined> {
  const url = new URL(folder + path, import.meta.url);
  if (url.protocol === 'file:') {
    const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
    return existsSync(url) ? JSON.parse(readFileSync(url, 'utf8')) : undefined;
  }
  const response = await fetch(url);
  // A server of pages answers what it does not find with a page.
  return response.headers.get('content-type')?.includes('json') ? response.json() : undefined;
}
