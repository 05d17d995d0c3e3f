import type { Dataset } from '../dataset.ts';
import { sampleRandom } from '../transforms/sample-random.ts';
import type { BatchTransform } from '../transforms/transform.ts';
import { stackRows } from './stack-samples.ts';

/** What batches are made of, and how. */
export interface BatchSource<T, H> {
  readonly dataset: Dataset<T>;
  readonly collate?: ((samples: readonly T[]) => H) | undefined;
  readonly transform?: BatchTransform<H> | undefined;
}

/** Which batch: plain data, which cross threads. */
export interface BatchPlan {
  readonly seed: number;
  readonly epoch: number;
  readonly indices: Uint32Array;
}

/** A batch on the host. It depends on the source and the plan alone, so any thread makes the same. */
export async function makeBatch<T, H>({ dataset, collate, transform }: BatchSource<T, H>, plan: BatchPlan): Promise<unknown> {
  const batch = await assemble(dataset, collate, plan.indices);
  if (transform === undefined) return batch;
  const { seed, epoch } = plan;
  return transform(
    batch as H,
    Array.from(plan.indices, (index) => sampleRandom({ seed, epoch, index })),
  );
}

async function assemble<T, H>(
  dataset: Dataset<T>,
  collate: BatchSource<T, H>['collate'],
  indices: Uint32Array,
): Promise<unknown> {
  if (collate === undefined && dataset.getBatch !== undefined) return dataset.getBatch(indices);
  const samples = await Promise.all(Array.from(indices, (index) => dataset.get(index)));
  return collate === undefined ? stackRows(samples) : collate(samples);
}
