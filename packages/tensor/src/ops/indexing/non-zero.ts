import { stridesOf } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { hostIndex } from './host-index.ts';

/**
 * Where `x` is not zero. How many places there are depends on the values, so they are read back first.
 *
 * @param x - any shape and dtype; NaN is not zero
 * @returns int32 `[count, rank]`: one row of positions for each, in row-major order
 * @example
 * const places = await nonZero(tensor([[0, 7], [5, 0]]));
 * await places.array() // [[0, 1], [1, 0]]
 */
export async function nonZero(x: Tensor): Promise<Tensor> {
  const data = await x.data();
  const strides = stridesOf(x.shape);
  const places: number[] = [];
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0) continue;
    count++;
    for (let axis = 0; axis < strides.length; axis++) places.push(Math.floor(i / strides[axis]) % x.shape[axis]);
  }
  return hostIndex(x.backend, places, [count, x.rank]);
}
