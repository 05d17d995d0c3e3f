import type { Shape } from '@dl/kernels';
import { broadcastShapes, broadcastStrides, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { sumTo } from '../reduce/sum-to.ts';

interface ExpandAttrs {
  readonly shape: Shape;
}

const expandOp: Op<ExpandAttrs> = {
  name: 'expand',
  infer([x], { shape }) {
    if (!sameShape(broadcastShapes('expand', x.shape, shape), shape)) {
      throw new ShapeError('expand', `x must broadcast to ${formatShape(shape)}, got ${formatShape(x.shape)}`);
    }
    return { shape, dtype: x.dtype };
  },
  forward: (backend, [x], { shape }, out) =>
    backend.run('copyStrided', [x], { offset: 0, strides: broadcastStrides(x.shape, shape) }, out),
  vjp: [(grad, { inputs: [x] }) => sumTo(grad, x.shape)],
  jvp: [(tangent, { attrs }) => expandTo(tangent, attrs.shape)],
};

/**
 * Repeats `x` along axes of extent 1 and along new leading axes until it has `shape`.
 *
 * @throws {@link ShapeError} when `x` does not broadcast to `shape`
 * @example
 * await expandTo(tensor([[1], [2]]), [2, 3]).array() // [[1, 1, 1], [2, 2, 2]]
 */
export function expandTo(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : apply(expandOp, [x], { shape });
}
