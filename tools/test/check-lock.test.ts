import { describe, expect, test } from 'vitest';
import { lockProblems } from '../check-lock.mjs';

/** A lock with one tool that ships as optional platform packages, one of them nested. */
function goodLock() {
  return {
    packages: {
      '': { optionalDependencies: { fast: '1.0.0' } },
      'node_modules/fast': { integrity: 'sha512-a' },
      'node_modules/tool': { integrity: 'sha512-b', optionalDependencies: { '@tool/linux': '2.0.0', '@tool/darwin': '2.0.0' } },
      'node_modules/@tool/linux': { integrity: 'sha512-c' },
      'node_modules/tool/node_modules/@tool/darwin': { integrity: 'sha512-d' },
      'node_modules/@dl/tensor': { resolved: 'packages/tensor', link: true },
      'packages/tensor': { version: '0.0.0' },
    } as Record<string, object>,
  };
}

describe('lockProblems', () => {
  test('finds nothing in a complete lock', () => {
    expect(lockProblems(goodLock())).toEqual([]);
  });

  test('names an optional platform package that the lock dropped', () => {
    const lock = goodLock();
    delete lock.packages['node_modules/tool/node_modules/@tool/darwin'];
    expect(lockProblems(lock)).toEqual(['node_modules/tool: optional package @tool/darwin is missing']);
  });

  test('names a missing optional package of the root', () => {
    const lock = goodLock();
    delete lock.packages['node_modules/fast'];
    expect(lockProblems(lock)).toEqual(['the root: optional package fast is missing']);
  });

  test('names a package without integrity', () => {
    const lock = goodLock();
    lock.packages['node_modules/@tool/linux'] = {};
    expect(lockProblems(lock)).toEqual(['node_modules/@tool/linux: has no integrity']);
  });

  test('names a registry host', () => {
    const lock = goodLock();
    lock.packages['node_modules/fast'] = { integrity: 'sha512-a', resolved: 'https://registry.example/fast-1.0.0.tgz' };
    expect(lockProblems(lock)).toEqual(['node_modules/fast: names a registry host (https://registry.example/fast-1.0.0.tgz)']);
  });

  test('does not take an empty lock for a good one', () => {
    expect(lockProblems({})).toEqual(['the lock names no packages']);
  });
});
