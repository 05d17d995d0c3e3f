import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ArgumentError, FormatError } from '@dl/kernels';
import { packTar } from 'modern-tar';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cifar10, cifar100, DatasetUnavailableError } from '../src/index.ts';

/** One image of a colour a plane. */
const record = (labels: readonly number[], [r, g, b]: readonly [number, number, number]): Uint8Array =>
  new Uint8Array(labels.length + 3072)
    .fill(r, 0)
    .fill(g, labels.length + 1024)
    .fill(b, labels.length + 2048)
    .map((byte, i) => labels[i] ?? byte);
const batch = Buffer.concat([record([3], [255, 0, 51]), record([9], [0, 255, 102])]);
const tar = (files: Readonly<Record<string, Uint8Array>>) =>
  packTar(Object.entries(files).map(([name, body]) => ({ header: { name, size: body.length, type: 'file' as const }, body })));

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dl-cifar-'));
  vi.stubEnv('DL_DATA_DIR', join(root, 'data'));
  vi.stubEnv('DL_CACHE_DIR', join(root, 'cache'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

async function put(path: string, bytes: Uint8Array): Promise<string> {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), bytes);
  return join(root, path);
}

describe('cifar10', () => {
  it.each([
    ['test_batch.bin', batch],
    ['test_batch.bin.gz', gzipSync(batch)],
    ['cifar-10-batches-bin/test_batch.bin', batch],
  ])('reads %s of a directory', async (name, bytes) => {
    await put(`here/${name}`, bytes);
    const pictures = await cifar10({ split: 'test', directory: join(root, 'here'), normalize: { mean: 0, std: 1 } });
    expect([pictures.size, pictures.imageShape, [...pictures.labels]]).toEqual([2, [3, 32, 32], [3, 9]]);
    expect([pictures.classNames[3], pictures.classNames[9]]).toEqual(['cat', 'truck']);
    const { data } = pictures.get(0).x;
    expect([data[0], data[1023], data[1024], data[2047]]).toEqual([1, 1, 0, 0]);
    expect(data[2048]).toBeCloseTo(0.2, 6);
  });

  it('reads the archive, and the five batches of it in order', async () => {
    const files = Array.from(
      { length: 5 },
      (_, i) => [`cifar-10-batches-bin/data_batch_${i + 1}.bin`, record([i], [i, 0, 0])] as const,
    );
    const archive = await tar(Object.fromEntries([['../../escaped', batch], ...files.toReversed()]));
    await put('data/cifar-10/cifar-10-binary.tar.gz', gzipSync(archive));
    const pictures = await cifar10({ split: 'train' });
    expect([...pictures.labels]).toEqual([0, 1, 2, 3, 4]);
    expect(pictures.split).toBe('train');
    expect(pictures.pixels(4)[0]).toBe(4);
    expect(pictures.get(0).x.data[0]).toBeCloseTo(-0.4914 / 0.247, 5);
    expect(pictures.source).toBe(`${join(root, 'data', 'cifar-10')} (DL_DATA_DIR)`);
    expect((await readdir(root)).sort()).toEqual(['data']);
  });

  it('reads the files that it is given', async () => {
    const one = await put('one.bin', batch);
    const two = await put('two.bin.gz', gzipSync(record([5], [1, 2, 3])));
    expect([...(await cifar10({ split: 'train', files: [two, one] })).labels]).toEqual([5, 3, 9]);
    await expect(cifar10({ split: 'train', files: [one, join(root, 'none.bin')] })).rejects.toThrow(DatasetUnavailableError);
    await expect(cifar10({ split: 'train', files: [] })).rejects.toThrow(ArgumentError);
    await expect(cifar10({ split: 'train', files: [one], directory: root })).rejects.toThrow('got directory');
  });

  it.each([
    ['a cut batch', batch.subarray(0, -1), 'a file must be records of 3073 bytes, got 6145 (truncated?'],
    ['an empty batch', new Uint8Array(0), 'got 0 (truncated?'],
    ['a label of 10', record([10], [0, 0, 0]), 'labels must be below 10, got 10 (image 0)'],
  ])('refuses %s, naming the file', async (_, bytes, message) => {
    const path = await put('here/test_batch.bin', bytes);
    const failure = cifar10({ split: 'test', directory: join(root, 'here') });
    await expect(failure).rejects.toThrow(FormatError);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toThrow(`in ${path}`);
  });

  it('refuses an archive that lies, is cut, lacks the file, has it twice or as a link', async () => {
    const sound = await tar({ 'cifar-10-batches-bin/test_batch.bin': batch });
    const damaged = sound.slice();
    damaged.set(new TextEncoder().encode('77777777777'), 124);
    const twice = Buffer.concat([sound.subarray(0, sound.length - 1024), sound]);
    const header = { name: 'cifar-10-batches-bin/test_batch.bin', size: 0, type: 'symlink' as const, linkname: '/etc/passwd' };
    const cases: ReadonlyArray<readonly [Uint8Array, string]> = [
      [damaged, 'must be a sound tar archive'],
      [sound.subarray(0, 4000), 'must be a sound tar archive'],
      [await tar({ 'data_batch_1.bin': batch }), 'got none'],
      [twice, 'got file, file'],
      [await packTar([{ header }]), 'got symlink'],
    ];
    for (const [bytes, message] of cases) {
      await put('here/cifar-10-binary.tar.gz', gzipSync(bytes));
      const failure = cifar10({ split: 'test', directory: join(root, 'here') });
      await expect(failure).rejects.toThrow(FormatError);
      await expect(failure).rejects.toThrow(message);
    }
  });

  it('refuses a file that is, or inflates to, more than the dataset can have', { timeout: 30_000 }, async () => {
    const directory = join(root, 'here');
    const path = await put('here/test_batch.bin.gz', gzipSync(new Uint8Array(200 * 2 ** 20), { level: 1 }));
    await expect(cifar10({ split: 'test', directory })).rejects.toThrow('must inflate to at most 201326592');
    await truncate(path, 2 ** 40);
    await expect(cifar10({ split: 'test', directory })).rejects.toThrow('must have at most 201326592 bytes, got 1099511627776');
  });

  it('says where it looked, offline', async () => {
    const failure = cifar10({ split: 'test', mirrors: ['http://127.0.0.1:9/'] });
    await expect(failure).rejects.toThrow(DatasetUnavailableError);
    await expect(failure).rejects.toMatchObject({
      tried: [
        `no test_batch.bin.gz in ${join(root, 'data', 'cifar-10')} (DL_DATA_DIR)`,
        `no cifar-10-batches-bin/test_batch.bin.gz in ${join(root, 'data', 'cifar-10')} (DL_DATA_DIR)`,
        `no cifar-10-binary.tar.gz in ${join(root, 'data', 'cifar-10')} (DL_DATA_DIR)`,
        `no cifar-10-binary.tar.gz in ${join(root, 'cache', 'cifar-10')} (cache)`,
        expect.stringContaining('http://127.0.0.1:9/cifar-10-binary.tar.gz: fetch failed'),
      ],
    });
  });

  it('refuses a cached archive that is not what was downloaded', async () => {
    await put('cache/cifar-10/cifar-10-binary.tar.gz', gzipSync(batch));
    await expect(cifar10({ split: 'test', download: false })).rejects.toThrow('SHA-256 must be c4a38c50');
  });
});

describe('cifar100', () => {
  it('has classes, or their groups', async () => {
    await put('data/cifar-100/train.bin', record([19, 99], [0, 0, 0]));
    const fine = await cifar100({ split: 'train' });
    const coarse = await cifar100({ split: 'train', labels: 'coarse' });
    expect([fine.classNames.length, fine.classNames[fine.labels[0]]]).toEqual([100, 'worm']);
    expect([coarse.classNames.length, coarse.classNames[coarse.labels[0]]]).toEqual([20, 'vehicles_2']);
    expect(new Set(fine.classNames).size).toBe(100);
    expect(fine.pixels(0).every((byte) => byte === 0)).toBe(true);
  });
});

const first = join(process.env.DL_DATA_DIR ?? '', 'cifar-10', 'data_batch_1.bin.gz');
describe.skipIf(!process.env.DL_DATA_DIR || !existsSync(first))('the real CIFAR-10 (DL_DATA_DIR)', () => {
  it('has 10,000 pictures in its first batch, about 1,000 a class', async () => {
    const pictures = await cifar10({ split: 'train', files: [first] });
    expect(pictures.size).toBe(10_000);
    expect([...pictures.labels.subarray(0, 5)].map((label) => pictures.classNames[label])).toEqual([
      'frog',
      'truck',
      'truck',
      'deer',
      'automobile',
    ]);
    const counts = new Array<number>(10).fill(0);
    for (const label of pictures.labels) counts[label]++;
    expect([Math.min(...counts) > 930, Math.max(...counts) < 1040]).toEqual([true, true]);
    const { x } = pictures.getBatch(Array.from({ length: 1000 }, (_, i) => i));
    const mean = Float64Array.from(x.data).reduce((sum, value) => sum + value, 0) / x.data.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
  });
});
