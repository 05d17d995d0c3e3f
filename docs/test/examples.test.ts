import { currentBackend, manualSeed, useBackend } from '@dl/tensor';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { writePrograms } from '../../tools/doc-blocks/generate.mjs';

const programs = writePrograms('tests');
const usual = currentBackend();

afterEach(async () => {
  await useBackend(usual);
  manualSeed(0);
});

describe('programs of guides, READMEs and doc comments', () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  for (const { program, module } of programs.filter(({ program: { runs } }) => runs)) {
    test(`${program.file}:${program.line}`, async () => {
      await import(module);
    });
  }
});

test('few blocks are marked `no-run`', () => {
  const idle = programs.filter(({ program }) => !program.runs).map(({ program: { file, line } }) => `${file}:${line}`);
  expect(idle.length, `not run: ${idle.join(', ')}`).toBeLessThanOrEqual(6);
});
