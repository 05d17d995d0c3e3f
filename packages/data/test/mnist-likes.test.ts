import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FormatError } from '@dl/kernels';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatasetUnavailableError, emnist, fashionMnist } from '../src/index.ts';

const images = Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28]), Buffer.alloc(784)]);
images[16 + 28 * 2 + 5] = 255;
const labels = (label: number) => Buffer.from([0, 0, 8, 1, 0, 0, 0, 1, label]);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dl-mnist-likes-'));
  vi.stubEnv('DL_DATA_DIR', directory);
  vi.stubEnv('DL_CACHE_DIR', directory);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

describe('fashionMnist', () => {
  it('reads pictures of clothes', async () => {
    await writeFile(join(directory, 't10k-images-idx3-ubyte.gz'), gzipSync(images));
    await writeFile(join(directory, 't10k-labels-idx1-ubyte'), labels(9));
    const clothes = await fashionMnist({ split: 'test', directory });
    expect([clothes.size, clothes.classNames[clothes.get(0).y], clothes.split]).toEqual([1, 'Ankle boot', 'test']);
    expect(clothes.pixels(0)[28 * 2 + 5]).toBe(255);
    expect(clothes.get(0).x.data[0]).toBeCloseTo(-0.286 / 0.353, 6);
  });

  it('is unavailable offline, and refuses what is no such file under its own name', async () => {
    await expect(fashionMnist({ split: 'train', download: false })).rejects.toThrow(DatasetUnavailableError);
    await writeFile(join(directory, 't10k-images-idx3-ubyte'), images);
    await writeFile(join(directory, 't10k-labels-idx1-ubyte'), labels(10));
    await expect(fashionMnist({ split: 'test', directory })).rejects.toThrow('fashionMnist: labels must be 0 to 9, got 10');
  });
});

describe('emnist', () => {
  const put = async (variant: string, label: number) => {
    await writeFile(join(directory, `emnist-${variant}-test-images-idx3-ubyte`), images);
    await writeFile(join(directory, `emnist-${variant}-test-labels-idx1-ubyte`), labels(label));
  };

  it.each([
    ['byclass', 62, 61, 'z'],
    ['bymerge', 47, 46, 't'],
    ['balanced', 47, 36, 'a'],
    ['letters', 26, 26, 'z'],
    ['digits', 10, 4, '4'],
    ['mnist', 10, 0, '0'],
  ] as const)('reads %s, its images upright', async (variant, classes, label, name) => {
    await put(variant, label);
    const letters = await emnist({ split: 'test', variant, directory });
    expect([letters.classNames.length, letters.classNames[letters.get(0).y], letters.split]).toEqual([classes, name, 'test']);
    expect(letters.pixels(0)[28 * 5 + 2]).toBe(255);
    expect(letters.pixels(0)[28 * 2 + 5]).toBe(0);
  });

  it('refuses letter 0, and says that nothing is downloaded', async () => {
    await put('letters', 0);
    const failure = emnist({ split: 'test', variant: 'letters', directory });
    await expect(failure).rejects.toThrow(FormatError);
    await expect(failure).rejects.toThrow('labels must be 1 to 26, got 0');
    await expect(emnist({ split: 'train', variant: 'digits' })).rejects.toThrow('no mirror that has the files');
  });
});
