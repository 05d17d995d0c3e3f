import { checkShape, type Shape } from '@dl/kernels';
import { currentBackend } from '../../core/backend.ts';
import { constant } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { CreateOptions } from './options.ts';

/**
 * A tensor with one value everywhere. Integer dtypes truncate and saturate it.
 *
 * @throws {@link ArgumentError} for an extent that is no non-negative integer
 * @example
 * await full([2, 2], 7).array() // [[7, 7], [7, 7]]
 */
export function full(shape: Shape, value: number, { dtype = 'float32', backend = currentBackend() }: CreateOptions = {}): Tensor {
  checkShape('full', shape);
  return constant(backend, [...shape], dtype, value);
}
