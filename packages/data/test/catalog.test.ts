import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ArgumentError, FormatError } from '@dl/kernels';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDataset, DatasetUnavailableError, datasetNames, describeDatasets, encodePng } from '../src/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dl-catalog-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('createDataset', () => {
  it('gives parts that are named, seeded, stratified and disjoint', async () => {
    const { train, validation, test, inputShape } = await createDataset('digits', { limit: 500, seed: 3, validation: 0.2 });
    expect([train, validation, test].map((part) => [part?.split, part?.size])).toEqual([
      ['train', 400],
      ['validation', 100],
      ['test', 500],
    ]);
    expect(inputShape).toEqual([1, 28, 28]);
    const shares = [train, validation].map((part) => Array.from(part?.labels ?? []).filter((label) => label === 7).length);
    expect(Math.abs(shares[0] / shares[1] - 4)).toBeLessThan(0.5);
    const items = async (part = train): Promise<string[]> =>
      Promise.all(Array.from({ length: part.size }, async (_, i) => String((await part.get(i)).x.data)));
    const seen = [...(await items(train)), ...(await items(validation)), ...(await items(test))];
    expect(new Set(seen).size).toBe(1000);
    const again = await createDataset('digits', { limit: 500, seed: 3, validation: 0.2 });
    expect(await again.train.checksum?.()).toBe(await train.checksum?.());
    const other = await createDataset('digits', { limit: 500, seed: 4, validation: 0.2 });
    expect(await other.train.checksum?.()).not.toBe(await train.checksum?.());
  });

  it('puts nothing aside where no validation is wanted', async () => {
    const { train, validation } = await createDataset('digits', { limit: 50, validation: 0 });
    expect([train.size, validation]).toEqual([50, undefined]);
    expect((await createDataset('digits', { limit: 9, validation: 0.1 })).validation).toBeUndefined();
  });

  it.each(['moons', 'circles', 'spirals', 'xor', 'blobs', 'three-classes'])('makes %s', async (name) => {
    const { train, validation, test, classNames, inputShape } = await createDataset(name, { seed: 1 });
    expect([train.size, validation?.size, test.size]).toEqual([900, 100, 500]);
    expect(inputShape).toEqual([2]);
    expect(new Set(Array.from(train.labels ?? []))).toEqual(new Set(classNames.keys()));
  });

  it('draws shapes', async () => {
    const { train, test, classNames, inputShape, normalization } = await createDataset('shapes', { limit: 60 });
    expect([train.size, test.size, inputShape]).toEqual([54, 60, [3, 32, 32]]);
    expect(classNames).toEqual(['circle', 'square', 'triangle']);
    const { x } = await train.get(0);
    expect(Math.max(...Array.from(x.data, Math.abs))).toBeLessThanOrEqual(2);
    expect(normalization).toEqual({ mean: 0.5, std: 0.25 });
  });

  it('reads folders of images, with and without parts of their own', async () => {
    const picture = await encodePng({ shape: [3, 6, 5], dtype: 'uint8', data: new Uint8Array(90).fill(255) });
    const fill = async (path: string, count: number): Promise<void> => {
      for (const name of ['cat', 'dog']) {
        await mkdir(join(folder, path, name), { recursive: true });
        for (let i = 0; i < count; i++) await writeFile(join(folder, path, name, `${i}.png`), picture);
      }
    };
    await fill('pets', 10);
    const whole = await createDataset(join(folder, 'pets'), { imageSize: 4, validation: 0.25 });
    expect([whole.train.size, whole.validation?.size, whole.test.size, whole.classNames]).toEqual([12, 4, 4, ['cat', 'dog']]);
    expect([whole.train.split, whole.validation?.split, whole.test.split]).toEqual(['train', 'validation', 'test']);
    const { x } = await whole.train.get(0);
    expect([x.shape, x.data[0]]).toEqual([[3, 4, 4], 2]);
    await fill('parts/train', 5);
    await fill('parts/test', 2);
    const parts = await createDataset(join(folder, 'parts'), { imageSize: 4, validation: 0 });
    expect([parts.train.size, parts.validation, parts.test.size, parts.test.split]).toEqual([10, undefined, 4, 'test']);
    await fill('parts/validation', 1);
    const three = await createDataset(join(folder, 'parts'), { imageSize: 4 });
    expect([three.train.size, three.validation?.size]).toEqual([10, 2]);
  });

  it('numbers the classes of all parts alike, and takes a test part out of the training folder where there is none', async () => {
    const picture = await encodePng({ shape: [3, 2, 2], dtype: 'uint8', data: new Uint8Array(12) });
    const fill = async (path: string, names: readonly string[]): Promise<void> => {
      for (const name of names) {
        await mkdir(join(folder, path, name), { recursive: true });
        for (let i = 0; i < 10; i++) await writeFile(join(folder, path, name, `${i}.png`), picture);
      }
    };
    await fill('zoo/train', ['ape', 'bear', 'cow']);
    const trained = await createDataset(join(folder, 'zoo'), { validation: 0, limit: 12 });
    expect([trained.classNames, trained.train.size, trained.test.size]).toEqual([['ape', 'bear', 'cow'], 12, 6]);
    expect([trained.train.split, trained.test.split]).toEqual(['train', 'test']);
    await fill('zoo/test', ['ape', 'cow']);
    const failure = createDataset(join(folder, 'zoo'));
    await expect(failure).rejects.toThrow(FormatError);
    await expect(failure).rejects.toThrow('parts must have the same classes, got [ape, bear, cow] and [ape, cow]');
    await fill('zoo/test', ['bear']);
    const limited = await createDataset(join(folder, 'zoo'), { validation: 0, limit: 9 });
    for (const part of [limited.train, limited.test])
      expect(Array.from(part.labels ?? []).sort()).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  });

  it('reads some batches of CIFAR-10 only, by name or path', async () => {
    const batch = (label: number, images: number): Uint8Array =>
      Uint8Array.from({ length: 3073 * images }, (_, i) => (i % 3073 === 0 ? label : 7 + label));
    await writeFile(join(folder, 'data_batch_1.bin.gz'), gzipSync(batch(1, 20)));
    await writeFile(join(folder, 'data_batch_2.bin'), batch(2, 5));
    const files = { files: ['data_batch_1'], testFiles: [join(folder, 'data_batch_2.bin')] };
    const { train, validation, test } = await createDataset('cifar-10', { directory: folder, ...files });
    expect([train.size, validation?.size, test.size]).toEqual([18, 2, 5]);
    expect([train.labels?.[0], test.labels?.[0], train.split, test.split]).toEqual([1, 2, 'train', 'test']);
    await expect(
      createDataset('cifar-10', { directory: folder, files: ['data_batch_9'], testFiles: ['data_batch_2'] }),
    ).rejects.toThrow(DatasetUnavailableError);
  });

  it('cuts a text where it is: windows never share characters between parts', async () => {
    const path = join(folder, 'text.txt');
    const text = Array.from({ length: 4000 }, (_, i) => String.fromCodePoint(0x100 + i)).join('');
    await writeFile(path, text);
    const parts = await createDataset(path, { length: 10, streams: 2, validation: 0.1 });
    expect([parts.kind, parts.classNames.length, parts.inputShape]).toEqual(['text', 4000, [10]]);
    expect([parts.train.size, parts.validation?.size, parts.test.size]).toEqual([340, 37, 19]);
    expect(parts.vocabulary?.decode([0])).toBe(text[0]);
    const [first, second] = [await parts.train.get(0), await parts.train.get(2)];
    expect(second.x.data[0]).toBe((first.x.data[9] as number) + 1);
    expect([parts.train.split, parts.validation?.split, parts.test.split]).toEqual(['train', 'validation', 'test']);
  });

  it('reads a table: features have mean 0 and deviation 1 in training, and no other part is looked at', async () => {
    const path = join(folder, 'table.csv');
    const rows = Array.from({ length: 100 }, (_, i) => `${i},5,${i % 2 === 0 ? 'even' : 'odd'}`);
    await writeFile(path, ['a,b,kind', ...rows].join('\n'));
    const { train, validation, test, classNames } = await createDataset(path, { target: 'kind' });
    expect([train.size, validation?.size, test.size, classNames]).toEqual([72, 8, 20, ['even', 'odd']]);
    const of = async (part: typeof train): Promise<number[]> =>
      Promise.all(Array.from({ length: part.size }, async (_, i) => (await part.get(i)).x.data[0] as number));
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(await of(train))).toBeCloseTo(0, 5);
    expect(mean((await of(train)).map((value) => value ** 2))).toBeCloseTo(1, 5);
    expect(Math.abs(mean(await of(test)))).toBeGreaterThan(1e-4);
    expect((await train.get(0)).x.data[1]).toBe(0);
    await expect(createDataset(path)).rejects.toThrow('target must name the column');
  });

  it('gives a feature that has one value in training no weight', async () => {
    const path = join(folder, 'constant.csv');
    const rows = Array.from({ length: 1250 }, (_, i) => `${i === 0 ? 0.2 : 0.1},${i % 2 === 0 ? 'a' : 'b'}`);
    await writeFile(path, ['still,kind', ...rows].join('\n'));
    const { train, test } = await createDataset(path, { target: 'kind', validation: 0, seed: 5 });
    const of = async (part: typeof train): Promise<number[]> =>
      Promise.all(Array.from({ length: part.size }, async (_, i) => (await part.get(i)).x.data[0] as number));
    expect(new Set(await of(train))).toEqual(new Set([0]));
    expect(Math.max(...(await of(test)))).toBeCloseTo(0.1, 6);
  });

  it('limits a table by what there is to train on', async () => {
    const path = join(folder, 'sorted.csv');
    await writeFile(path, ['a,kind', ...Array.from({ length: 100 }, (_, i) => `${i},${i < 50 ? 'a' : 'b'}`)].join('\n'));
    const { train, test } = await createDataset(path, { target: 'kind', validation: 0, limit: 15 });
    expect([train.size, test.size]).toEqual([15, 15]);
    for (const part of [train, test]) expect(new Set(Array.from(part.labels ?? []))).toEqual(new Set([0, 1]));
  });

  it('reads a table of numbers', async () => {
    const path = join(folder, 'numbers.tsv');
    await writeFile(path, ['a\tb', ...Array.from({ length: 20 }, (_, i) => `${i}\t${i / 2}`)].join('\n'));
    const { train, classNames } = await createDataset(path, { target: 'b', regression: true, validation: 0 });
    const { y } = await train.get(0);
    expect([train.size, classNames, typeof y === 'number' ? y : y.shape]).toEqual([16, [], [1]]);
  });

  it('says which name was meant, and refuses options out of their range', async () => {
    await expect(createDataset('minst')).rejects.toThrow(/got minst; did you mean mnist\?$/);
    await expect(createDataset('cifar10')).rejects.toThrow('did you mean cifar-10?');
    await expect(createDataset('nothing-of-it')).rejects.toThrow(/or the path of a \.csv, .*got nothing-of-it$/);
    await expect(createDataset('digits', { validation: 1 })).rejects.toThrow(ArgumentError);
    await expect(createDataset('digits', { limit: 0 })).rejects.toThrow('limit must be a positive integer, got 0');
  });
});

describe('describeDatasets', () => {
  it('has a line about each, and where its files are', () => {
    vi.stubEnv('DL_DATA_DIR', folder);
    vi.stubEnv('DL_CACHE_DIR', join(folder, 'cache'));
    const rows = describeDatasets();
    vi.unstubAllEnvs();
    expect(rows.map(({ name }) => name)).toEqual(datasetNames);
    expect(new Set(rows.map(({ description }) => description)).size).toBe(rows.length);
    expect(rows.find(({ name }) => name === 'mnist')?.folder).toBeUndefined();
    expect(rows.find(({ name }) => name === 'moons')?.get).toBe('made by the computer');
  });
});
