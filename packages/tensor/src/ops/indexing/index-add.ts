import { formatShape, ShapeError } from '@dl/kernels';
import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { indexAddOp } from './index-select.ts';

/** Zeros, plus the slices of `src` along `axis` at the places that `index` `[m]` names, of which there are `extent`: the adjoint of {@link indexSelect}. */
export function indexAdd(index: Tensor, src: Tensor, axis: number, extent: number): Tensor {
  if (index.size !== src.shape[axis]) {
    throw new ShapeError(
      'indexAdd',
      `there must be one index a slice, got ${index.size} (src ${formatShape(src.shape)}, axis ${axis})`,
    );
  }
  return apply(indexAddOp, [index, src], { axis, shape: src.shape.map((own, at) => (at === axis ? extent : own)) });
}
