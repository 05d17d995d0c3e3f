import { ArgumentError, createReferenceBackend, type HostTensor } from '@dl/kernels';
import { type Tensor, tidy } from '@dl/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ArrayDataset,
  DataLoader,
  type DataLoaderOptions,
  type Dataset,
  eachImage,
  gaussianNoise,
  mixUp,
  type Stacked,
  sampleRandom,
} from '../src/index.ts';

type Item = { readonly x: number };
type Options = DataLoaderOptions<Item, Stacked<Item>>;

const backend = createReferenceBackend();
const numbers = (size: number): Dataset<Item> => ({ size, get: (x) => ({ x }) });
const loaderOf = (size: number, options: Options = {}) => new DataLoader(numbers(size), { backend, ...options });

async function epoch(loader: AsyncIterable<{ readonly x: Tensor }>): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const { x } of loader) batches.push([...(await x.data())]);
  return batches;
}

describe('a DataLoader epoch', () => {
  const shapes = fc.record({
    size: fc.nat(40),
    batchSize: fc.integer({ min: 1, max: 12 }),
    shuffle: fc.boolean(),
    prefetch: fc.nat(5),
    seed: fc.nat(),
  });

  it('has every item once, in batches of the asked size but the last', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async ({ size, ...options }) => {
        const loader = loaderOf(size, options);
        const batches = await epoch(loader);
        expect(batches).toHaveLength(loader.length);
        expect(batches.slice(0, -1).every((batch) => batch.length === options.batchSize)).toBe(true);
        expect(batches.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
      }),
    );
  });

  it('with dropLast has whole batches only', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async ({ size, ...options }) => {
        const loader = loaderOf(size, { ...options, dropLast: true });
        const batches = await epoch(loader);
        expect(batches).toHaveLength(Math.floor(size / options.batchSize));
        expect(batches.every((batch) => batch.length === options.batchSize)).toBe(true);
        expect(new Set(batches.flat()).size).toBe(batches.length * options.batchSize);
      }),
    );
  });

  it('has the same order for the same seed and number, whatever else differs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const one = loaderOf(30, { shuffle: true, seed, batchSize: 7 });
        const other = loaderOf(30, { shuffle: true, seed, batchSize: 4, prefetch: 3 });
        for (let i = 0; i < 3; i++) expect((await epoch(other)).flat()).toEqual((await epoch(one)).flat());
      }),
      { numRuns: 20 },
    );
  });

  it('has another order next time, and for another seed', async () => {
    const one = loaderOf(30, { shuffle: true, seed: 1, batchSize: 30 });
    const orders = [await epoch(one), await epoch(one), await epoch(loaderOf(30, { shuffle: true, seed: 2, batchSize: 30 }))];
    expect(new Set(orders.map(String)).size).toBe(3);
  });

  it('keeps this order for seed 5', async () => {
    expect((await epoch(loaderOf(10, { shuffle: true, seed: 5, batchSize: 10 })))[0]).toMatchInlineSnapshot(`
      [
        7,
        8,
        4,
        0,
        1,
        3,
        5,
        9,
        2,
        6,
      ]
    `);
  });

  it('puts every item everywhere about equally often', async () => {
    const loader = loaderOf(6, { shuffle: true, batchSize: 6 });
    const counts = new Float64Array(36);
    const epochs = 1200;
    for (let i = 0; i < epochs; i++) {
      (await epoch(loader))[0].forEach((item, place) => {
        counts[place * 6 + item]++;
      });
    }
    const chiSquared = counts.reduce((sum, count) => sum + (count - epochs / 6) ** 2 / (epochs / 6), 0);
    expect(chiSquared).toBeLessThan(52.6); // 25 degrees of freedom, p = 0.001
  });
});

describe('a DataLoader batch', () => {
  it('has named tensors with a leading batch axis', async () => {
    const dataset = new ArrayDataset({
      x: { shape: [3, 1, 2], dtype: 'float32', data: new Float32Array([0, 1, 2, 3, 4, 5]) },
      y: { shape: [3], dtype: 'int32', data: new Int32Array([7, 8, 9]) },
    });
    for await (const { x, y } of new DataLoader(dataset, { batchSize: 3, backend })) {
      expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[3, 1, 2], 'float32', [3], 'int32']);
      expect(await y.data()).toEqual(new Int32Array([7, 8, 9]));
      expect(x.backend).toBe(backend);
    }
  });

  it('is what collate makes: arrays as tensors, the rest as it is', async () => {
    const collate = (items: readonly Item[]) => ({
      mean: {
        shape: [],
        dtype: 'float32',
        data: new Float32Array([items.reduce((sum, { x }) => sum + x, 0) / items.length]),
      } satisfies HostTensor,
      names: items.map(({ x }) => `item ${x}`),
    });
    const loader = new DataLoader(numbers(4), { batchSize: 2, backend, collate });
    const seen: [number, string[]][] = [];
    for await (const { mean, names } of loader) seen.push([await mean.item(), names]);
    expect(seen).toEqual([
      [0.5, ['item 0', 'item 1']],
      [2.5, ['item 2', 'item 3']],
    ]);
  });

  it('is fetched ahead, as many as prefetch says', async () => {
    let asked = 0;
    const dataset: Dataset<Item> = {
      size: 10,
      get: async (x) => {
        asked++;
        return { x };
      },
    };
    const counts: number[] = [];
    for await (const _ of new DataLoader(dataset, { batchSize: 2, prefetch: 2, backend })) counts.push(asked);
    expect(counts).toEqual([6, 8, 10, 10, 10]);
  });
});

describe('the memory of a DataLoader', () => {
  const live = () => backend.stats().buffers;

  it('is one batch during the loop and nothing after it', async () => {
    const before = live();
    const kept: Tensor[] = [];
    for await (const { x } of loaderOf(10, { batchSize: 3, prefetch: 3 })) {
      expect(live()).toBe(before + 1);
      kept.push(x);
    }
    expect(live()).toBe(before);
    expect(kept.every((x) => x.isDisposed)).toBe(true);
  });

  it('is given back on break, on an error in the loop, and on return', async () => {
    const before = live();
    const loader = loaderOf(10, { batchSize: 3 });
    for await (const _ of loader) break;
    expect(live()).toBe(before);
    const failing = async () => {
      for await (const _ of loader) throw new Error('step failed');
    };
    await expect(failing()).rejects.toThrow('step failed');
    expect(live()).toBe(before);
    const iterator = loader[Symbol.asyncIterator]();
    await iterator.next();
    expect(live()).toBe(before + 1);
    await iterator.return();
    expect(live()).toBe(before);
  });

  it('does not mind a batch that the loop freed', async () => {
    const before = live();
    for await (const { x } of loaderOf(4, { batchSize: 2 })) x.dispose();
    expect(live()).toBe(before);
  });

  it('is not touched by a scope around the use of a batch', async () => {
    for await (const { x } of loaderOf(4, { batchSize: 2 })) {
      tidy(() => x.shape);
      expect(x.isDisposed).toBe(false);
    }
  });
});

describe('the state of a DataLoader', () => {
  it('goes on with the next batch in another loader, and with the epochs after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(7), fc.nat(2), async (stop, epochs) => {
        const options = { batchSize: 3, shuffle: true, seed: 9 };
        const whole = loaderOf(22, options);
        for (let i = 0; i < epochs; i++) await epoch(whole);
        let state = whole.state();
        const rest: number[][] = [];
        let i = 0;
        for await (const { x } of whole) {
          if (i++ < stop) state = whole.state();
          else rest.push([...(await x.data())]);
        }
        const resumed = loaderOf(22, options);
        resumed.loadState(JSON.parse(JSON.stringify(state)));
        expect(await epoch(resumed)).toEqual(rest);
        expect(await epoch(resumed)).toEqual(await epoch(whole));
      }),
      { numRuns: 30 },
    );
  });

  it('begins the next epoch after a break', async () => {
    const loader = loaderOf(6, { batchSize: 2 });
    for await (const _ of loader) break;
    expect(loader.state()).toEqual({ epoch: 1, position: 0 });
    expect(await epoch(loader)).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(loader.state()).toEqual({ epoch: 2, position: 0 });
  });

  it('is refused when it is none of this loader, or in a loop', async () => {
    const loader = loaderOf(6, { batchSize: 2 });
    expect(() => loader.loadState({ epoch: 0, position: 4 })).toThrow(
      'position must be at most the number of batches, got 4 of 3',
    );
    expect(() => loader.loadState({ epoch: -1, position: 0 })).toThrow(ArgumentError);
    for await (const _ of loader) {
      expect(() => loader.loadState({ epoch: 0, position: 0 })).toThrow('the state must be loaded between loops');
    }
  });
});

describe('a DataLoader refuses', () => {
  it.each([
    [{ batchSize: 0 }, 'batchSize must be an integer of at least 1, got 0'],
    [{ batchSize: 2.5 }, 'batchSize must be an integer of at least 1, got 2.5'],
    [{ prefetch: -1 }, 'prefetch must be an integer of at least 0, got -1'],
    [{ seed: 0.5 }, 'seed must be an integer of at least 0, got 0.5'],
  ])('%j', (options, message) => {
    expect(() => loaderOf(4, options)).toThrow(ArgumentError);
    expect(() => loaderOf(4, options)).toThrow(message);
  });

  it('a second loop inside the first, and frees both', async () => {
    const before = backend.stats().buffers;
    const loader = loaderOf(6, { batchSize: 2 });
    const nested = async () => {
      for await (const _ of loader) for await (const __ of loader) break;
    };
    await expect(nested()).rejects.toThrow('one loop at a time, got a second one');
    expect(backend.stats().buffers).toBe(before);
  });

  it('an item that fails, when its batch is taken', async () => {
    const dataset: Dataset<Item> = {
      size: 6,
      get: (x) => {
        if (x === 5) throw new Error('unreadable item 5');
        return { x };
      },
    };
    const seen: number[] = [];
    const loop = async () => {
      for await (const { x } of new DataLoader(dataset, { batchSize: 2, prefetch: 5, backend })) seen.push(...(await x.data()));
    };
    await expect(loop()).rejects.toThrow('unreadable item 5');
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it('no one when the loop has ended before the failing batch', async () => {
    const rejections: unknown[] = [];
    const collect = (reason: unknown): unknown => rejections.push(reason);
    const others = process.rawListeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', collect);
    try {
      const dataset: Dataset<Item> = { size: 4, get: async (x) => (x < 2 ? { x } : Promise.reject(new Error('unreadable'))) };
      for await (const _ of new DataLoader(dataset, { prefetch: 3, backend })) break;
      await new Promise((later) => setTimeout(later, 20));
    } finally {
      process.removeListener('unhandledRejection', collect);
      for (const other of others) process.on('unhandledRejection', other as NodeJS.UnhandledRejectionListener);
    }
    expect(rejections).toEqual([]);
  });

  it('an item that is no object, where there is no collate', async () => {
    const bare: Dataset<number> = { size: 2, get: (x) => x };
    const loop = async () => {
      for await (const _ of new DataLoader(bare, { backend })) break;
    };
    await expect(loop()).rejects.toThrow('an item must be an object of fields, got number (write a collate)');
  });
});

describe('a transform', () => {
  const dataset = new ArrayDataset({
    x: { shape: [11, 1, 1, 1], dtype: 'float32', data: Float32Array.from({ length: 11 }, (_, i) => i) },
    y: { shape: [11], dtype: 'int32', data: Int32Array.from({ length: 11 }, (_, i) => i) },
  });
  const transform = eachImage(gaussianNoise({ clip: false }));
  const imagesOf = (options: { readonly batchSize: number; readonly seed?: number; readonly prefetch?: number }) =>
    new DataLoader(dataset, { backend, shuffle: true, transform, ...options });
  /** The one number of each image, by the image's class. */
  const byClass = async (loader: AsyncIterable<{ readonly x: Tensor; readonly y: Tensor }>): Promise<Map<number, number>> => {
    const seen = new Map<number, number>();
    for await (const { x, y } of loader) {
      const values = await x.data();
      for (const [i, label] of (await y.data()).entries()) seen.set(Number(label), Number(values[i]));
    }
    return seen;
  };

  it('draws for an item by seed, epoch and item, whatever the batches', async () => {
    const [one, other] = [imagesOf({ batchSize: 4, seed: 5 }), imagesOf({ batchSize: 3, seed: 5, prefetch: 4 })];
    const epochs = [await byClass(one), await byClass(one)];
    expect([await byClass(other), await byClass(other)].map((seen) => [...seen].sort())).toEqual(
      epochs.map((seen) => [...seen].sort()),
    );
    expect(epochs[0].get(3)).not.toBe(epochs[1].get(3));
    expect((await byClass(imagesOf({ batchSize: 4, seed: 6 }))).get(3)).not.toBe(epochs[0].get(3));
    for (const [index, value] of epochs[1]) {
      expect(value).toBe(Math.fround(index + 0.1 * sampleRandom({ seed: 5, epoch: 1, index }).normal()));
    }
  });

  it('draws the same after a loop goes on from a state', async () => {
    const whole = imagesOf({ batchSize: 4 });
    await byClass(whole);
    const expected = [...(await byClass(whole))];
    const resumed = imagesOf({ batchSize: 4, prefetch: 0 });
    resumed.loadState({ epoch: 1, position: 1 });
    expect([...(await byClass(resumed))]).toEqual(expected.slice(4));
  });

  it('reports its failure where the batch is taken', async () => {
    const failing = new DataLoader(dataset, { backend, transform: mixUp({ numClasses: 2 }) });
    await expect(byClass(failing)).rejects.toThrow('classes must be below 2, got 2 (item 0)');
  });
});
