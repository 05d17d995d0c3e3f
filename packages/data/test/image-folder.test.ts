import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, FormatError } from '@dl/kernels';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  concat,
  DataLoader,
  type DataLoaderOptions,
  DatasetUnavailableError,
  encodePng,
  ImageFileDataset,
  type ImageSample,
  imageFolder,
  type Stacked,
} from '../src/index.ts';
import golden from './golden/images.json' with { type: 'json' };
import { buildWorker } from './workers/build-worker.ts';

/** An RGB picture of one colour. */
const picture = (height: number, width: number, value = 0): Promise<Uint8Array<ArrayBuffer>> =>
  encodePng({ shape: [3, height, width], dtype: 'uint8', data: new Uint8Array(3 * height * width).fill(value) });

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dl-folder-'));
});
afterEach(() => rm(root, { recursive: true }));

async function put(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), bytes);
}

describe('imageFolder', () => {
  it('numbers classes and files in alphabetical order, as torchvision does', async () => {
    await put('dog/b.png', await picture(2, 2, 51));
    await put('dog/a.PNG', await picture(2, 2, 255));
    await put('cat/deep/er/1.png', await picture(2, 2, 102));
    await put('cat/notes.txt', new Uint8Array(1));
    await put('readme.png', new Uint8Array(1));
    const pets = await imageFolder(root, { split: 'train' });
    expect([pets.classNames, [...pets.labels], pets.split, pets.source]).toEqual([['cat', 'dog'], [0, 1, 1], 'train', root]);
    expect(pets.files).toEqual([join(root, 'cat/deep/er/1.png'), join(root, 'dog/a.PNG'), join(root, 'dog/b.png')]);
    const { x, y } = await pets.get(2);
    expect([x.shape, x.dtype, y]).toEqual([[3, 2, 2], 'float32', 1]);
    expect(x.data[0]).toBeCloseTo(0.2, 6);
    expect((await pets.pixels(1)).data[0]).toBe(255);
  });

  it('follows links, but not in circles', async () => {
    await put('elsewhere/1.png', await picture(1, 1));
    await mkdir(join(root, 'all'));
    await symlink(join(root, 'elsewhere'), join(root, 'all/cat'));
    await symlink(join(root, 'all'), join(root, 'elsewhere/back'));
    const linked = await imageFolder(join(root, 'all'));
    expect([linked.classNames, linked.size]).toEqual([['cat'], 1]);
  });

  it('resizes, crops and normalises, so that a loader can stack', async () => {
    await put('a/1.png', await picture(6, 9, 255));
    await put('b/1.png', await picture(20, 5, 0));
    const images = await imageFolder(root, { resize: 5, centerCrop: 4, normalize: { mean: 0.5, std: 0.5 } });
    for await (const { x, y } of new DataLoader(images, { batchSize: 2 })) {
      expect([x.shape, await y.array()]).toEqual([
        [2, 3, 4, 4],
        [0, 1],
      ]);
      expect(new Set(await x.data())).toEqual(new Set([1, -1]));
    }
    expect((await (await imageFolder(root, { resize: 5 })).get(0)).x.shape).toEqual([3, 5, 7]);
    expect((await (await imageFolder(root, { resize: 5 })).get(1)).x.shape).toEqual([3, 20, 5]);
    expect((await (await imageFolder(root, { resize: [3, 2], channels: 1 })).get(1)).x.shape).toEqual([1, 3, 2]);
  });

  it.each(golden.fitted)('resizes to $resize and crops to $centerCrop as torchvision does', async (row) => {
    await put('a/1.png', Buffer.from(row.file, 'base64'));
    const [cropHeight, cropWidth] = row.centerCrop;
    const resize = typeof row.resize === 'number' ? row.resize : ([row.resize[0], row.resize[1]] as const);
    const { x } = await (await imageFolder(root, { resize, centerCrop: [cropHeight, cropWidth] })).get(0);
    expect(x.shape).toEqual(row.shape);
    expect(Math.max(...row.values.map((value, i) => Math.abs(value - x.data[i])))).toBeLessThan(1e-5);
  });

  it('takes files of a page', async () => {
    const files = [
      { path: 'b/2.png', file: new Blob([await picture(1, 1, 0)]) },
      { path: 'a/x/1.png', file: new Blob([await picture(1, 1, 255)]) },
      { path: 'a/readme.md', file: new Blob([]) },
      { path: 'lonely.png', file: new Blob([]) },
    ];
    const images = await imageFolder(files);
    expect([images.classNames, [...images.labels], (await images.get(0)).x.data[0]]).toEqual([['a', 'b'], [0, 1], 1]);
  });

  it('refuses a folder that is none, without classes, or with an empty one', async () => {
    await expect(imageFolder(join(root, 'no'))).rejects.toThrow(DatasetUnavailableError);
    await expect(imageFolder(root)).rejects.toThrow(`got no folder in ${root}`);
    await put('a/1.png', await picture(1, 1));
    await put('b/1.txt', new Uint8Array(1));
    await expect(imageFolder(root)).rejects.toThrow('imageFolder: a class must have PNG or JPEG files, got none in b');
    await expect(imageFolder(join(root, 'a'))).rejects.toThrow(DatasetUnavailableError);
  });

  it('names the file that is broken', async () => {
    await put('a/1.png', (await picture(4, 4)).subarray(0, 40));
    const images = await imageFolder(root);
    await expect(images.get(0)).rejects.toThrow(FormatError);
    await expect(images.get(0)).rejects.toThrow(`in ${join(root, 'a/1.png')}`);
    await expect(images.get(1)).rejects.toThrow(ArgumentError);
  });
});

describe('ImageFileDataset', () => {
  const init = { classNames: ['a'], source: 'a test' };

  it('has the checksum of its files, its classes and its options', async () => {
    const file = new Blob([await picture(2, 2, 7)]);
    const entries = [{ file, label: 0 }];
    const checksum = (more: Partial<ConstructorParameters<typeof ImageFileDataset>[0]>) =>
      new ImageFileDataset({ ...init, entries, ...more }).checksum();
    const first = await checksum({});
    expect(await checksum({ source: 'another' })).toBe(first);
    const others = await Promise.all([
      checksum({ entries: [{ file: new Blob([await picture(2, 2, 8)]), label: 0 }] }),
      checksum({ resize: 2 }),
      checksum({ classNames: ['b'] }),
    ]);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it('is read by worker threads', async () => {
    const startWorker = await buildWorker('plain');
    await put('a/1.png', await picture(8, 3, 90));
    await put('b/1.png', await picture(5, 9, 200));
    const folder = await imageFolder(root, { resize: [4, 6] });
    const entries = [{ file: new Blob([await picture(4, 6, 7)]), label: 0 }];
    const blobs = new ImageFileDataset({ ...init, classNames: ['a', 'b'], entries });
    const images = concat([folder, blobs]);
    const batches = async (options: DataLoaderOptions<ImageSample, Stacked<ImageSample>>): Promise<unknown[]> => {
      const seen: unknown[] = [];
      for await (const { x, y } of new DataLoader(images, { batchSize: 2, ...options }))
        seen.push(await x.data(), await y.data());
      return seen;
    };
    expect(await batches({ workers: 1, startWorker })).toEqual(await batches({}));
  });

  it('refuses labels without a class, and sizes that are none', () => {
    const file = new Blob([]);
    expect(() => new ImageFileDataset({ ...init, entries: [{ file, label: 1 }] })).toThrow('below 1, got 1 (image 0)');
    expect(() => new ImageFileDataset({ ...init, entries: [], resize: [0, 3] })).toThrow('resize must be of positive integers');
    expect(() => new ImageFileDataset({ ...init, entries: [], centerCrop: 1.5 })).toThrow(ArgumentError);
  });
});
