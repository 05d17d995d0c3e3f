import {
  ArgumentError,
  createTypedArray,
  formatShape,
  type HostTensor,
  ShapeError,
  sameShape,
  type TypedArray,
} from '@dl/kernels';
import type { Layer } from '@dl/layers';
import { runScope, type Tensor, withoutRecording } from '@dl/tensor';
import { Breather } from './breather.ts';

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
  return joined(parts);
}

function joined(parts: readonly HostTensor[]): HostTensor {
  if (parts.length === 0) throw new ArgumentError('predict', 'there must be a batch, got none');
  const [{ shape, dtype }] = parts;
  for (const part of parts) {
    if (part.shape.length === 0 || !sameShape(part.shape.slice(1), shape.slice(1)))
      throw new ShapeError('predict', `outputs must be [n, ...] alike, got ${formatShape(shape)} and ${formatShape(part.shape)}`);
  }
  const data: TypedArray = createTypedArray(
    dtype,
    parts.reduce((size, part) => size + part.data.length, 0),
  );
  let begin = 0;
  for (const part of parts) {
    data.set(part.data, begin);
    begin += part.data.length;
  }
  return { shape: [parts.reduce((rows, part) => rows + part.shape[0], 0), ...shape.slice(1)], dtype, data };
}
