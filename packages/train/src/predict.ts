import { ArgumentError, type HostTensor } from '@dl/kernels';
import type { Layer } from '@dl/layers';
import { runScope, type Tensor, withoutRecording } from '@dl/tensor';
import { Breather } from './breather.ts';
import { joinRows } from './join-rows.ts';

/** Batches of inputs, once through: a `DataLoader` of `@dl/data`, or a list of `{ x }`. Targets are not looked at. */
export type InputLoader = AsyncIterable<{ readonly x: Tensor }> | Iterable<{ readonly x: Tensor }>;

/**
 * What a model says to all samples of a loader, one batch after the other along the first axis, in evaluation mode and without recording. Each
 * batch is read and freed before the next, so the device holds one; {@link classify} makes classes of it.
 *
 * @param model - from `x` to what is wanted
 * @param loader - that does not shuffle, where the order matters
 * @throws {@link ArgumentError} when there is no batch
 * @throws {@link ShapeError} when outputs of two batches differ in more than their first axis
 * @example
 * const x = { shape: [3, 1], dtype: 'float32', data: new Float32Array([1, 2, 3]) } as const;
 * const loader = new DataLoader(new ArrayDataset({ x }), { batchSize: 2 });
 * await predict(new Lambda((batch) => batch.mul(10)), loader) // { shape: [3, 1], dtype: 'float32', data: Float32Array [10, 20, 30] }
 */
export async function predict(model: Layer, loader: InputLoader): Promise<HostTensor> {
  const parts: HostTensor[] = [];
  const breather = new Breather();
  for await (const { x } of loader) {
    const output = withoutRecording(() => runScope('predict', () => model.forward(x)));
    try {
      parts.push({ shape: output.shape, dtype: output.dtype, data: await output.data() });
    } finally {
      // A model may hand its input through, which is its loader's.
      if (output !== x) output.dispose();
    }
    await breather.rest();
  }
  if (parts.length === 0) throw new ArgumentError('predict', 'there must be a batch, got none');
  return joinRows('predict', parts);
}
