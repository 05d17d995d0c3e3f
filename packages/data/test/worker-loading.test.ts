import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { ArgumentError, createReferenceBackend } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ArrayDataset,
  type BatchTransform,
  collateDetections,
  colorJitter,
  compose,
  concat,
  createDataset,
  cutMix,
  DataLoader,
  type DataLoaderOptions,
  type Dataset,
  drawnDigits,
  eachImage,
  elasticTransform,
  gaussianNoise,
  type ImageBatch,
  type ImageSample,
  map,
  mixUp,
  moons,
  normalize,
  randomAffine,
  randomCrop,
  randomErasing,
  randomHorizontalFlip,
  randomResizedCrop,
  randomRotation,
  randomVerticalFlip,
  type Stacked,
  shapes,
  split,
  WorkerError,
  type WorkerThread,
} from '../src/index.ts';
import { buildWorker } from './workers/build-worker.ts';

const backend = createReferenceBackend();
const plane = { mean: 0, std: 1 };
let startPlain: () => Worker;
let startOwn: () => Worker;
beforeAll(async () => {
  [startPlain, startOwn] = [await buildWorker('plain'), await buildWorker('own')];
});

type Item = { readonly x: number };
const twelve: Dataset<Item> = { size: 12, get: (x) => ({ x }) };

async function dataOf(loader: AsyncIterable<Readonly<Record<string, Tensor>>>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const batch of loader) {
    for (const [name, tensor] of Object.entries(batch)) seen.push([name, tensor.shape, await tensor.data()]);
  }
  return seen;
}

describe('a DataLoader with workers', () => {
  const digits = drawnDigits({ size: 11, seed: 3, normalize: plane });
  const everything: BatchTransform<ImageBatch> = compose([
    eachImage(
      compose([
        randomAffine(10, { translate: [0.1, 0.1], scale: [0.9, 1.1], shear: 5, interpolation: 'bilinear' }),
        randomCrop(28, { padding: 2, paddingMode: 'edge' }),
        randomResizedCrop(28, { scale: [0.8, 1] }),
        randomRotation(5),
        elasticTransform({ alpha: 10, sigma: 3 }),
        randomHorizontalFlip(),
        randomVerticalFlip({ p: 0.3 }),
        colorJitter({ brightness: 0.2, contrast: 0.2 }),
        gaussianNoise({ sigma: 0.05 }),
        normalize({ mean: 0.1, std: 0.3 }),
        randomErasing({ value: 'random' }),
      ]),
    ),
    mixUp({ numClasses: 10, alpha: 0.3 }),
    cutMix({ numClasses: 10 }),
  ]);

  it('has the same bits in the same order for any number of them, epoch after epoch', async () => {
    const options = { backend, batchSize: 4, shuffle: true, seed: 5, transform: everything };
    const parts = split(digits, { train: 8, validation: 3 }, { seed: 1 });
    const dataset = concat([parts.validation, parts.train]);
    const alone = new DataLoader(dataset, options);
    const expected = [await dataOf(alone), await dataOf(alone)];
    for (const [workers, prefetch] of [
      [1, 0],
      [2, 1],
      [3, 4],
    ]) {
      using loader = new DataLoader(dataset, { ...options, workers, prefetch, startWorker: startPlain });
      expect([await dataOf(loader), await dataOf(loader)]).toEqual(expected);
    }
  });

  it('hands over images, rows and parts of them', async () => {
    const rows = new ArrayDataset({ x: { shape: [5, 2], dtype: 'float64', data: Float64Array.from({ length: 10 }, Math.sqrt) } });
    for (const dataset of [digits, rows, moons({ n: 9, noise: 0.1 }), concat([moons({ n: 3 }), moons({ n: 4 })])]) {
      using loader = new DataLoader<Item | unknown, Stacked<unknown>>(dataset, {
        backend,
        batchSize: 4,
        workers: 2,
        startWorker: startPlain,
      });
      expect(await dataOf(loader)).toEqual(await dataOf(new DataLoader<unknown>(dataset, { backend, batchSize: 4 })));
    }
  });

  it('takes tables from the catalog', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dl-table-'));
    const path = join(folder, 'table.csv');
    await writeFile(path, ['a,b', ...Array.from({ length: 20 }, (_, i) => `${i},${i % 2}`)].join('\n'));
    const { train } = await createDataset(path, { target: 'b' });
    await rm(folder, { recursive: true });
    using loader = new DataLoader(train, { backend, batchSize: 8, workers: 1, startWorker: startPlain });
    expect(await dataOf(loader)).toEqual(await dataOf(new DataLoader(train, { backend, batchSize: 8 })));
  });

  it('sees rows as they are when its workers start', async () => {
    const data = new Float32Array([1, 2]);
    const rows = new ArrayDataset({ x: { shape: [2], dtype: 'float32', data } });
    for (const value of [1, 5]) {
      data[0] = value;
      using loader = new DataLoader(rows, { backend, batchSize: 2, workers: 1, startWorker: startPlain });
      expect(await dataOf(loader)).toEqual([['x', [2], Float32Array.of(value, 2)]]);
    }
  });

  it('goes on from a state', async () => {
    const options = { backend, batchSize: 3, shuffle: true, transform: everything };
    const whole = new DataLoader(digits, options);
    await dataOf(whole);
    using resumed = new DataLoader(digits, { ...options, workers: 2, startWorker: startPlain });
    resumed.loadState({ epoch: 1, position: 2 });
    expect(await dataOf(resumed)).toEqual((await dataOf(whole)).slice(4));
    expect(resumed.state()).toEqual({ epoch: 2, position: 0 });
  });

  it('shares the bytes of images, of which no worker has a copy', async () => {
    const images = drawnDigits({ size: 9, seed: 4 });
    const before = images.pixels(3).slice();
    using loader = new DataLoader(images, { backend, batchSize: 3, workers: 2, startWorker: startPlain });
    await dataOf(loader);
    expect(images.pixels(3).buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(images.pixels(3)).toEqual(before);
    images.pixels(0).fill(255);
    const [[, , x]] = (await dataOf(loader)) as [string, number[], Float32Array][];
    expect(new Set(x.subarray(0, 784)).size).toBe(1);
    expect(new Set(x.subarray(784)).size).toBeGreaterThan(1);
  });
});

describe('a worker module of the user', () => {
  const loaderOf = (service: string, options: DataLoaderOptions<Item, Stacked<Item>> = {}) =>
    new DataLoader(twelve, {
      backend,
      batchSize: 2,
      workers: 2,
      startWorker: startOwn,
      workerOptions: { service },
      ...options,
    });
  const numbers = async (loader: DataLoader<Item>) => {
    const seen: number[] = [];
    for await (const { x } of loader) seen.push(...(await x.data()).map(Number));
    return seen;
  };

  it('makes batches of its own dataset', async () => {
    using loader = loaderOf('squares');
    expect(await numbers(loader)).toEqual(Array.from({ length: 12 }, (_, x) => x * x));
  });

  it('keeps the order when later batches are ready before', async () => {
    using loader = loaderOf('dawdles', { prefetch: 6 });
    expect(await numbers(loader)).toEqual(Array.from({ length: 12 }, (_, x) => x));
  });

  it.each(['kept', 'keptBuffer'])('keeps the arrays that it hands out: %s', async (service) => {
    using loader = loaderOf(service, { batchSize: 6, workers: 1 });
    expect(await numbers(loader)).toEqual([10, 20, 30, 10, 20, 30]);
  });

  it('is asked for as many batches as workers and prefetch say, and no more', async () => {
    const asked: unknown[] = [];
    const watched = (): WorkerThread => {
      const thread = startOwn();
      const post = thread.postMessage.bind(thread);
      thread.postMessage = (message: unknown) => {
        if (typeof message === 'object' && message !== null && 'plan' in message) asked.push(message);
        post(message);
      };
      return thread;
    };
    using loader = loaderOf('squares', { batchSize: 1, prefetch: 3, startWorker: watched });
    const counts: number[] = [];
    for await (const _ of loader) counts.push(asked.length);
    expect(counts).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 12, 12, 12, 12]);
  });

  it('reports its error with message and class, where its batch is taken, and goes on', async () => {
    using loader = loaderOf('refuses', { prefetch: 6 });
    const seen: number[] = [];
    const loop = async () => {
      for await (const { x } of loader) seen.push(...(await x.data()).map(Number));
    };
    const failure = loop();
    await expect(failure).rejects.toThrow(ArgumentError);
    await expect(failure).rejects.toMatchObject({ message: 'own: items must not be 5, got 5', op: 'own', name: 'ArgumentError' });
    await expect(failure).rejects.toHaveProperty('stack', expect.stringContaining('refuses'));
    expect(seen).toEqual([0, 1, 2, 3]);
    for await (const { x } of loader) {
      expect(await x.array()).toEqual([0, 1]);
      break;
    }
    using other = loaderOf('cannot');
    await expect(numbers(other)).rejects.toMatchObject({ message: 'no item 5', name: 'RangeError' });
    using closed = loaderOf('closed');
    await expect(numbers(closed)).rejects.toThrow('no such folder');
  });

  it('that ends is an error by name, and the next loop starts others', async () => {
    for (const [service, reason] of [
      ['dies', 'exit code 3'],
      ['breaks', 'broken off'],
    ]) {
      using loader = loaderOf(service);
      const failure = numbers(loader);
      await expect(failure).rejects.toThrow(WorkerError);
      await expect(failure).rejects.toThrow(
        new RegExp(`DataLoader: worker [12] of 2 must stay until the loop ends, got ${reason}`),
      );
      for await (const { x } of loader) {
        expect(await x.array()).toEqual([0, 1]);
        break;
      }
    }
  });

  it('that cannot be loaded is an error by name', async () => {
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const startWorker = () => new Worker('throw new Error("no module")', { eval: true });
    await expect(numbers(loaderOf('squares', { startWorker }))).rejects.toThrow('got no module');
    const refuse = () => {
      throw new Error('no more threads');
    };
    await expect(numbers(loaderOf('squares', { startWorker: refuse }))).rejects.toThrow('no more threads');
    const none = () => ({ postMessage: () => {}, terminate: () => {} });
    await expect(numbers(loaderOf('squares', { startWorker: none }))).rejects.toThrow('startWorker must give a Worker');
  });

  it('ends with dispose, a loop that waits for it too', async () => {
    const ended: Promise<unknown>[] = [];
    const startWorker = () => {
      const thread = startOwn();
      ended.push(new Promise((resolve) => thread.on('exit', resolve)));
      return thread;
    };
    const loader = loaderOf('dawdles', { startWorker });
    const waiting = numbers(loader);
    waiting.catch(() => {});
    await Promise.resolve();
    loader.dispose();
    await expect(waiting).rejects.toThrow('workers must stay until the loop ends, got dispose()');
    expect(ended).toHaveLength(2);
    await Promise.all(ended);
  });

  it('must bring what cannot be sent, and one transform and one collate at most', async () => {
    await expect(numbers(loaderOf('nothing'))).rejects.toThrow('the worker module must give a dataset');
    const loader = new DataLoader(drawnDigits({ size: 4 }), {
      backend,
      workers: 1,
      startWorker: startOwn,
      workerOptions: { service: 'squares', withTransform: true },
      transform: eachImage(randomRotation(5)),
    });
    await expect(dataOf(loader)).rejects.toThrow('a transform must come from the loader or from the worker module, got both');
    loader.dispose();
    using detection = new DataLoader(shapes({ size: 4 }), {
      backend,
      workers: 1,
      startWorker: startOwn,
      workerOptions: { service: 'squares', withCollate: true },
      collate: collateDetections,
    });
    await expect(detection[Symbol.asyncIterator]().next()).rejects.toThrow(
      'a collate must come from the loader or from the worker module, got both',
    );
  });
});

describe('a DataLoader refuses', () => {
  const digits = drawnDigits({ size: 4 });
  const refused = (dataset: Dataset<ImageSample>, options: DataLoaderOptions<ImageSample, Stacked<ImageSample>>) =>
    expect(dataOf(new DataLoader(dataset, { backend, workers: 1, ...options }))).rejects;

  it('functions that no worker can get', async () => {
    const own: BatchTransform<ImageBatch> = (batch) => batch;
    await refused(digits, { transform: own }).toThrow(
      "with workers, the transform must be of @dl/data's, got another (see serveBatches",
    );
    await refused(digits, { transform: compose([eachImage(randomRotation(5)), own]) }).toThrow(ArgumentError);
    await refused(digits, { collate: ([{ x }]) => ({ x, y: x }) }).toThrow('collate must be in the worker module');
    await refused(
      map(digits, (item) => item),
      {},
    ).toThrow('with workers, the dataset must be made by @dl/data without functions of yours, got another');
    await refused(
      split(
        map(digits, (item) => item),
        [0.5, 0.5],
      )[0],
      {},
    ).toThrow(ArgumentError);
  });

  it('a number of workers that is none', () => {
    expect(() => new DataLoader(digits, { workers: -1 })).toThrow('workers must be an integer of at least 0, got -1');
  });
});

it.skipIf(process.env.DL_UNDER_TEST !== 'build')('starts its own worker where the package is built', async () => {
  const digits = drawnDigits({ size: 6 });
  using loader = new DataLoader(digits, { backend, batchSize: 2, workers: 2 });
  expect(await dataOf(loader)).toEqual(await dataOf(new DataLoader(digits, { backend, batchSize: 2 })));
});
