import { DTypeError } from '@dl/kernels';
import { toDType } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';

/** `index` as int32: uint8 is converted, anything else refused. */
export function asIndex(op: string, index: Tensor): Tensor {
  if (index.dtype !== 'int32' && index.dtype !== 'uint8') {
    throw new DTypeError(op, `index must be int32 or uint8, got ${index.dtype}: convert it with cast(index, 'int32')`);
  }
  return toDType(index, 'int32');
}
