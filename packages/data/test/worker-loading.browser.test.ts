import { createReferenceBackend } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { expect, inject, it } from 'vitest';
import { DataLoader, datasetChecksum, drawnDigits, eachImage, randomAffine, WorkerError } from '../src/index.ts';

const backend = createReferenceBackend();
const options = {
  backend,
  batchSize: 4,
  shuffle: true,
  seed: 5,
  transform: eachImage(randomAffine(10, { translate: [0.1, 0.1] })),
};
const startWorker = () => new Worker(new URL('./workers/plain.worker.ts', import.meta.url), { type: 'module' });

async function pixelsOf(loader: AsyncIterable<{ readonly x: Tensor; readonly y: Tensor }>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const { x, y } of loader) seen.push(await x.data(), await y.data());
  return seen;
}

it('has the same bits from workers, with and without shared memory', async () => {
  const digits = drawnDigits({ size: 10 });
  const alone = new DataLoader(digits, options);
  const expected = await pixelsOf(alone);
  using loader = new DataLoader(digits, { ...options, workers: 2, startWorker });
  expect(await pixelsOf(loader)).toEqual(expected);
  expect(typeof SharedArrayBuffer !== 'undefined' && digits.pixels(0).buffer instanceof SharedArrayBuffer).toBe(
    inject('isolated'),
  );
});

it('says by name that a worker has no module, and what a page must bring', async () => {
  const digits = drawnDigits({ size: 4 });
  const missing = () => new Worker(new URL('data:text/javascript,throw new Error("no module")'), { type: 'module' });
  using loader = new DataLoader(digits, { ...options, workers: 1, startWorker: missing });
  await expect(pixelsOf(loader)).rejects.toThrow(WorkerError);
  await expect(pixelsOf(loader)).rejects.toThrow('no module');
  const bare = new DataLoader(digits, { ...options, workers: 1 });
  await expect(pixelsOf(bare)).rejects.toThrow('must have a startWorker');
});

it('has the checksum that Node has', async () => {
  expect(await datasetChecksum(drawnDigits({ size: 10 }))).toBe(
    '51ecd68a346203cb86296f290a7e136ca95c2af0400bf7d60d4bda7aa39b42f7',
  );
});
