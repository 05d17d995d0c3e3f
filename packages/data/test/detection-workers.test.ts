import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReferenceBackend } from '@dl/kernels';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  cocoDetection,
  collateDetections,
  DataLoader,
  type DetectionBatch,
  type DetectionDataset,
  encodePng,
  shapes,
  subset,
  type WorkerThread,
} from '../src/index.ts';
import { buildWorker } from './workers/build-worker.ts';

const backend = createReferenceBackend();
let startWorker: () => WorkerThread;
let folder: string;
beforeAll(async () => {
  startWorker = await buildWorker('plain');
  folder = await mkdtemp(join(tmpdir(), 'dl-detection-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Two images of COCO's, with three objects. */
async function coco(): Promise<DetectionDataset> {
  const images = [1, 2].map((id) => ({ id, file_name: `${id}.png`, height: 2, width: id }));
  for (const { id, file_name } of images) {
    const png = await encodePng({ shape: [3, 2, id], dtype: 'uint8', data: new Uint8Array(6 * id).fill(50 * id) });
    await writeFile(join(folder, file_name), png);
  }
  const annotations = [1, 2, 2].map((image_id, i) => ({
    id: i,
    image_id,
    category_id: 5,
    bbox: [0, 0, image_id, 1 + (i % 2)],
    area: 1,
    iscrowd: 0,
    segmentation: { size: [2, image_id], counts: [0, 2 * image_id] },
  }));
  const path = join(folder, 'instances.json');
  await writeFile(path, JSON.stringify({ images, annotations, categories: [{ id: 5, name: 'thing' }] }));
  return cocoDetection({ annotations: path, images: folder });
}

it.each<readonly [string, () => DetectionDataset | Promise<DetectionDataset>]>([
  ['shapes', () => shapes({ size: 7, seed: 1, imageSize: [16, 24] })],
  ['instances of COCO', coco],
])('a DataLoader makes the same batches of %s with workers as without', async (_, open) => {
  const dataset = await open();
  const reversed = subset(
    dataset,
    Array.from({ length: dataset.size }, (_, i) => dataset.size - 1 - i),
  );
  const batches = async (workers: number) => {
    using loader = new DataLoader(reversed, { batchSize: 2, workers, startWorker, backend, collate: collateDetections });
    const seen: Omit<DetectionBatch<unknown>, 'images'>[] = [];
    for await (const { images, sizes, targets } of loader) seen.push({ sizes, targets: [...targets, await images.array()] });
    return seen;
  };
  const alone = await batches(0);
  expect(alone.length).toBe(Math.ceil(dataset.size / 2));
  expect(await batches(2)).toEqual(alone);
});
