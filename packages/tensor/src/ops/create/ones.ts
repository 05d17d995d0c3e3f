import { checkShape, type Shape } from '@dl/kernels';
import { currentBackend } from '../../core/backend.ts';
import { constant } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { CreateOptions } from './options.ts';

/**
 * A tensor of ones.
 *
 * @throws {@link ArgumentError} for an extent that is no non-negative integer
 * @example
 * await ones([2, 3]).array() // [[1, 1, 1], [1, 1, 1]]
 * ones([2], { dtype: 'int32' }).dtype // 'int32'
 */
export function ones(shape: Shape, { dtype = 'float32', backend = currentBackend() }: CreateOptions = {}): Tensor {
  checkShape('ones', shape);
  return constant(backend, [...shape], dtype, 1);
}
