import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';

/** `[n, c, l]` as images `[n, c, 1, l]`. */
export function asImage(op: string, x: Tensor): Tensor {
  if (x.rank !== 3) throw new ShapeError(op, `x must have 3 axes [n, c, l], got ${x.rank} (x ${formatShape(x.shape)})`);
  return unsqueeze(x, 2);
}
