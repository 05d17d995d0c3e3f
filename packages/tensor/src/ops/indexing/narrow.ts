import { formatShape, type Shape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { slice } from '../layout/slice.ts';

/** The first elements of `x` along every axis but `axis` (-1 for none), so that `index` covers them exactly. */
export function narrowTo(op: string, name: string, x: Tensor, index: Shape, axis: number): Tensor {
  if (index.length !== x.rank || index.some((extent, at) => at !== axis && extent > x.shape[at])) {
    const where = axis < 0 ? '' : ` but along axis ${axis}`;
    throw new ShapeError(
      op,
      `index must not be larger than ${name}${where}, got ${formatShape(index)} (${name} ${formatShape(x.shape)})`,
    );
  }
  return slice(
    x,
    index.map((extent, at) => (at === axis ? null : [0, extent])),
  );
}
