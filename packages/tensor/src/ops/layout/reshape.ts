import type { Shape } from '@dl/kernels';
import { formatShape, ShapeError, sameShape, sizeOf } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';

interface ReshapeAttrs {
  readonly shape: Shape;
}

const reshapeOp: Op<ReshapeAttrs> = {
  name: 'reshape',
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward(backend, [x]) {
    backend.retain(x.buffer);
    return x.buffer;
  },
  vjp: [(grad, { inputs: [x] }) => reshape(grad, x.shape)],
  jvp: [(tangent, { attrs }) => reshape(tangent, attrs.shape)],
};

/**
 * The same elements in row-major order under another shape; the block is shared, nothing is copied.
 *
 * @param shape - one extent may be -1 and is then inferred
 * @throws {@link ShapeError} when the sizes differ
 * @example
 * reshape(tensor([1, 2, 3, 4, 5, 6]), [2, -1]).shape // [2, 3]
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const target = inferExtent(x.shape, shape);
  return sameShape(target, x.shape) ? x : apply(reshapeOp, [x], { shape: target });
}

function inferExtent(from: Shape, to: Shape): Shape {
  const unknown = to.indexOf(-1);
  const known = sizeOf(to.filter((extent) => extent !== -1));
  const target = unknown < 0 ? [...to] : to.map((extent, i) => (i === unknown ? sizeOf(from) / known : extent));
  if (!target.every((extent) => Number.isInteger(extent) && extent >= 0) || sizeOf(target) !== sizeOf(from)) {
    throw new ShapeError('reshape', `size must stay ${sizeOf(from)}, got ${formatShape(to)} (x ${formatShape(from)})`);
  }
  return target;
}
