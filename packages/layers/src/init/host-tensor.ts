import { type Shape, sizeOf } from '@dl/kernels';
import { type Tensor, tensor } from '@dl/tensor';
import type { InitOptions } from './options.ts';

/** A tensor of what `fill` writes into zeros, in double precision on the host. */
export function hostTensor(
  shape: Shape,
  { dtype = 'float32', backend }: Omit<InitOptions, 'rng'>,
  fill: (values: Float64Array) => void,
): Tensor {
  const values = new Float64Array(sizeOf(shape));
  fill(values);
  return tensor(values, { shape, dtype, backend });
}
