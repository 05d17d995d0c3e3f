import { DTypeError } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

/**
 * The dtype of a float tensor.
 *
 * @throws {@link DTypeError} for integers and bool
 */
export function floatDType(op: string, { dtype }: Tensor): 'float32' | 'float64' {
  if (dtype === 'float32' || dtype === 'float64') return dtype;
  throw new DTypeError(op, `dtype must be float, got ${dtype}: convert it with cast(x, 'float32')`);
}
