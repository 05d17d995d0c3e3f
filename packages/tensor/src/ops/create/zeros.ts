import { checkShape, type Shape } from '@dl/kernels';
import { currentBackend } from '../../core/backend.ts';
import { constant } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { CreateOptions } from './options.ts';

/**
 * A tensor of zeros.
 *
 * @throws {@link ArgumentError} for an extent that is no non-negative integer
 * @example
 * await zeros([2, 3]).array() // [[0, 0, 0], [0, 0, 0]]
 * zeros([2], { dtype: 'int32' }).dtype // 'int32'
 */
export function zeros(shape: Shape, { dtype = 'float32', backend = currentBackend() }: CreateOptions = {}): Tensor {
  checkShape('zeros', shape);
  return constant(backend, [...shape], dtype, 0);
}
