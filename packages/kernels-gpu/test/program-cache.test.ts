import { expect, it } from 'vitest';
import type { Program } from '../src/kernel-source.ts';
import { ProgramCache } from '../src/program-cache.ts';

const program = (key: string): Program => ({ key, source: () => ({ buffers: [], natives: [], body: '' }) });

it('compiles a program once, and counts what is kept', () => {
  const compiled: string[] = [];
  const cache = new ProgramCache((one) => compiled.push(one.key));
  expect(cache.get(program('a'))).toBe(1);
  expect(cache.get(program('b'))).toBe(2);
  expect(cache.get(program('a'))).toBe(1);
  expect(compiled).toEqual(['a', 'b']);
  expect(cache.stats).toMatchObject({ programs: 2 });
  expect(cache.stats.compileMs).toBeGreaterThanOrEqual(0);
});

it('drops what was not used for longest', () => {
  const dropped: string[] = [];
  const cache = new ProgramCache(
    ({ key }) => key,
    (key) => dropped.push(key),
    2,
  );
  for (const key of ['a', 'b', 'a', 'c', 'd']) cache.get(program(key));
  expect(dropped).toEqual(['b', 'a']);
  cache.clear();
  expect(dropped).toEqual(['b', 'a', 'c', 'd']);
  expect(cache.stats.programs).toBe(0);
});
