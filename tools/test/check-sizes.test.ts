import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { sizeProblems } from '../check-sizes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'dl-sizes-'));
const packages = pathToFileURL(`${folder}/`);
mkdirSync(join(folder, 'large/dist/bundle'), { recursive: true });
const words = Array.from({ length: 400 }, (_, i) => (i * 7919 + 1) ** 3);
writeFileSync(
  join(folder, 'large/dist/bundle/index.js'),
  `// ${'a comment that goes '.repeat(900)}\nimport x from '@dl/kernels';\nexport const words = [x, ${words.join()}];\n`,
);
afterAll(() => rmSync(folder, { recursive: true }));

describe('sizeProblems', () => {
  test('finds nothing below the limit', async () => {
    expect(await sizeProblems({ large: 5000 }, packages)).toEqual([]);
  });

  test('names a bundle that weighs more than it may', async () => {
    expect(await sizeProblems({ large: 1000 }, packages)).toEqual([
      expect.stringMatching(/^large: must weigh at most 1000 bytes minified and gzipped, got [1-4]\d{3}$/),
    ]);
  });

  test('names a bundle that is not there', async () => {
    expect(await sizeProblems({ absent: 1000 }, packages)).toEqual(['absent: lacks dist/bundle/index.js (npm run build)']);
  });
});
