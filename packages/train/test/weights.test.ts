import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError } from '@dl/kernels';
import { Linear, Sequential, StateDictError } from '@dl/layers';
import { ones } from '@dl/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadWeights, saveWeights } from '../src/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dl-train-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('weights', () => {
  it('come back bit by bit, under their names', async () => {
    const path = join(folder, 'a.safetensors');
    const [saved, loaded] = [new Sequential(new Linear(3, 2)), new Sequential(new Linear(3, 2))];
    await saveWeights(path, saved, { epoch: '3' });
    expect(await loadWeights(path, loaded)).toEqual({ missing: [], unexpected: [] });
    const x = ones([1, 3]);
    expect(await loaded.forward(x).data()).toEqual(await saved.forward(x).data());
    expect(await readdir(folder)).toEqual(['a.safetensors']);
  });

  it('that do not fit are refused with all names', async () => {
    const path = join(folder, 'b.safetensors');
    await saveWeights(path, new Linear(3, 2));
    await expect(loadWeights(path, new Linear(4, 2, { bias: false }))).rejects.toThrow(StateDictError);
    await expect(loadWeights(path, new Linear(3, 2, { bias: false }), { strict: false })).resolves.toEqual({
      missing: [],
      unexpected: ['bias'],
    });
  });

  it('are not read from another kind of file', async () => {
    await expect(loadWeights(new URL(import.meta.url).pathname, new Linear(1, 1))).rejects.toThrow(FormatError);
  });
});
