import { existsSync, readFileSync } from 'node:fs';

/** The version of this package: of the `package.json` above this file, wherever it was bundled to. */
export function ownVersion(): string {
  for (let folder = new URL('.', import.meta.url), last = ''; folder.href !== last; folder = new URL('..', folder)) {
    last = folder.href;
    const file = new URL('package.json', folder);
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).version;
  }
  return 'unknown';
}
