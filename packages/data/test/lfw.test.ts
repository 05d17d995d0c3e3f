import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ArgumentError, createReferenceBackend, FormatError } from '@dl/kernels';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataLoader, DatasetUnavailableError, encodePng, lfw, lfwPairs, verificationAccuracy } from '../src/index.ts';
import golden from './golden/images.json' with { type: 'json' };
import { buildWorker } from './workers/build-worker.ts';

const [photo, other] = ['4:2:0', 'progressive'].map((name) =>
  Buffer.from(golden.jpeg.find((row) => row.name === name)?.file ?? '', 'base64'),
);

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dl-lfw-'));
});
afterEach(() => rm(root, { recursive: true }));

async function put(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

const faces = {
  'lfw_funneled/Ann/Ann_0001.jpg': photo,
  'lfw_funneled/Ann/Ann_0002.jpg': other,
  'lfw_funneled/Bob/Bob_0001.jpg': photo,
  'lfw_funneled/Cy_X/Cy_X_0003.jpg': other,
};

describe('lfw', () => {
  it('reads people and folds', async () => {
    await put({ ...faces, 'people.txt': '2\n2\nBob\t1\nAnn\t2\n1\nCy_X\t3\n', 'peopleDevTest.txt': '1\nAnn\t1\n' });
    const people = await lfw({ directory: root, resize: 8, centerCrop: 8 });
    expect(people.classNames).toEqual(['Ann', 'Bob', 'Cy_X']);
    expect([[...people.labels], [...people.folds], people.split]).toEqual([[1, 0, 0, 2, 2, 2], [0, 0, 0, 1, 1, 1], undefined]);
    expect(people.files[5]).toBe(join(root, 'lfw_funneled/Cy_X/Cy_X_0003.jpg'));
    expect((await people.get(1)).x.shape).toEqual([3, 8, 8]);
    await put({ 'lfw-names.txt': 'Zoe 1\nAnn 2\nBob 1\n' });
    const test = await lfw({ directory: root, view: 'test' });
    expect([test.size, [...test.labels], test.classNames.length, test.split]).toEqual([1, [1], 3, 'test']);
    await expect(lfw({ directory: root })).rejects.toThrow('a person must be one of lfw-names.txt, got Cy_X');
  });

  it('refuses lists that are not theirs, and says what it missed', async () => {
    await expect(lfw({ directory: root })).rejects.toThrow(DatasetUnavailableError);
    const refused = [
      ['1\n2\nAnn 2\n', 'a fold of 2 people must have as many lines, got 1'],
      ['1\n1\nAnn 2\nBob 1\n', 'people must end after 1 folds, got 1 lines more'],
      ['1\n1\nAnn many\n', "a person must be a name and a number, got 'Ann many' (line 3)"],
      ['1\n1\n.. 2\n', "a person must have a name that leads into the folder of the images, got '..' (line 3)"],
      ['', 'a list of people must say how many follow'],
    ] as const;
    for (const [list, message] of refused) {
      await put({ ...faces, 'people.txt': list });
      await expect(lfw({ directory: root })).rejects.toThrow(message);
      await expect(lfw({ directory: root })).rejects.toThrow(FormatError);
    }
  });
});

describe('lfwPairs', () => {
  it('reads matched and mismatched pairs by fold', async () => {
    const pairs = '2\t1\nAnn\t1\t2\nAnn\t1\tBob\t1\nAnn\t2\t1\nBob\t1\tCy_X\t3\n';
    await put({ ...faces, 'pairs.txt': pairs, 'pairsDevTrain.txt': '1\nAnn\t1\t2\nAnn\t2\tBob\t1\n' });
    const all = await lfwPairs({ directory: root, resize: [6, 6] });
    expect([all.size, [...all.labels], [...all.folds], all.images.size]).toEqual([4, [1, 0, 1, 0], [0, 0, 1, 1], 4]);
    const { first, second, y } = await all.get(2);
    expect([first.shape, y]).toEqual([[3, 6, 6], 1]);
    expect(first).toEqual((await all.get(0)).second);
    expect(second).toEqual((await all.get(0)).first);
    const train = await lfwPairs({ directory: root, view: 'train' });
    expect([train.size, train.split]).toEqual([2, 'train']);
    expect(await train.checksum()).not.toBe(await all.checksum());
  });

  it('is made by workers, too', async () => {
    const startWorker = await buildWorker('plain');
    // The worker is one file, which does not find the JPEG codec; images are known by their bytes.
    const pixels = Uint8Array.from({ length: 48 }, (_, i) => 5 * i);
    const picture = await encodePng({ shape: [3, 4, 4], dtype: 'uint8', data: pixels });
    const files = Object.fromEntries(Object.keys(faces).map((path) => [path, picture]));
    await put({ ...files, 'pairs.txt': '1\t1\nAnn\t1\t2\nAnn\t2\tBob\t1\n' });
    const pairs = await lfwPairs({ directory: root, resize: [6, 6] });
    const batches = async (workers: number): Promise<unknown[]> => {
      using loader = new DataLoader(pairs, { backend: createReferenceBackend(), batchSize: 2, workers, startWorker });
      const seen: unknown[] = [];
      for await (const { first, second, y } of loader) seen.push(await first.array(), await second.array(), await y.array());
      return seen;
    };
    const alone = await batches(0);
    expect(alone.length).toBe(3);
    expect(await batches(1)).toEqual(alone);
  });

  it('refuses lists that are not theirs', async () => {
    const refused = [
      ['2\t1\nAnn\t1\t2\n', '2 folds of 1 matched and as many mismatched pairs take 4 lines, got 1'],
      ['1\nAnn\t1\nAnn\t1\tBob\t1\n', "a matched pair must be a name and two numbers, got 'Ann\t1' (line 2)"],
      ['1\nAnn\t1\t2\nAnn\t1\tBob\n', 'a mismatched pair must be two names with a number each'],
      ['1\nAnn\t1\t2\nAnn\t1\t../Bob\t1\n', "got '../Bob' (line 3)"],
      ['pairs\n', "pairs must begin with the number of folds and of pairs, got 'pairs'"],
    ] as const;
    for (const [list, message] of refused) {
      await put({ ...faces, 'pairs.txt': list });
      await expect(lfwPairs({ directory: root })).rejects.toThrow(message);
    }
  });
});

describe('verificationAccuracy', () => {
  it('judges each fold by the threshold of the others', () => {
    // Fold 1 alone would take a threshold above 9.
    const distances = [1, 5, 2, 6, 9, 9.5];
    const found = verificationAccuracy({ distances, labels: [1, 0, 1, 0, 1, 0], folds: [0, 0, 2, 2, 1, 1] });
    expect(found.thresholds).toEqual([4, 3.5, 3]);
    expect(found.accuracies).toEqual([1, 0.5, 1]);
    expect(found.mean).toBeCloseTo(5 / 6, 12);
    expect(found.standardError).toBeCloseTo(Math.sqrt((2 / 36 + 4 / 36) / 2 / 3), 12);
  });

  it('calls pairs of one distance by one name', () => {
    const found = verificationAccuracy({ distances: [3, 3, 3, 3], labels: [0, 1, 0, 1], folds: [0, 0, 1, 1] });
    expect(found.accuracies).toEqual([0.5, 0.5]);
  });

  it('refuses lists that do not fit', () => {
    const sound = { distances: [1, 2], labels: [1, 0], folds: [0, 1] };
    expect(() => verificationAccuracy({ ...sound, labels: [1] })).toThrow(ArgumentError);
    expect(() => verificationAccuracy({ ...sound, labels: [1, 2] })).toThrow('labels 0 or 1, got 2 and 2 (pair 1)');
    expect(() => verificationAccuracy({ ...sound, distances: [Number.NaN, 1] })).toThrow('got NaN and 1 (pair 0)');
    expect(() => verificationAccuracy({ ...sound, folds: [0, 0] })).toThrow('two or more, got 0');
    expect(() => verificationAccuracy({ ...sound, folds: [0, 2] })).toThrow('without a gap');
  });
});
