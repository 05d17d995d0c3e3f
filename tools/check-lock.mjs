import { readFileSync } from 'node:fs';
import { runAsMain } from './lib/run-as-main.mjs';
import { root } from './lib/workspaces.mjs';

/**
 * @typedef {{
 *   version?: string, resolved?: string, integrity?: string, link?: boolean,
 *   optionalDependencies?: Record<string, string>
 * }} LockEntry
 */

/**
 * What is wrong with an npm lock: `npm install` drops optional platform packages that it cannot find without a word, and
 * `npm ci` then fails on the platform that needs them; a `resolved` address ties every clone to one registry host.
 *
 * @param {{ packages?: Record<string, LockEntry> }} lock
 * @returns {string[]} one line a problem
 */
export function lockProblems(lock) {
  const packages = lock.packages ?? {};
  const problems = [];
  if (Object.keys(packages).length < 2) problems.push('the lock names no packages');
  for (const [path, entry] of Object.entries(packages)) {
    if (/^[a-z+]+:\/\//i.test(entry.resolved ?? '')) problems.push(`${path}: names a registry host (${entry.resolved})`);
    if (path.includes('node_modules/') && !entry.link && !entry.integrity) problems.push(`${path}: has no integrity`);
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!find(packages, path, name)) problems.push(`${path || 'the root'}: optional package ${name} is missing`);
    }
  }
  return problems;
}

/**
 * The lock entry that `name` resolves to from `path`: the nearest `node_modules` above it.
 *
 * @param {Record<string, LockEntry>} packages
 * @param {string} path
 * @param {string} name
 * @returns {LockEntry | undefined}
 */
function find(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const found = packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`];
    if (found !== undefined || at === '') return found;
  }
}

await runAsMain(import.meta.url, 'lock', () =>
  lockProblems(JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'))),
);
