import { normalizeAxes, sizeOf, stridesOf } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';

interface FlipAttrs {
  readonly axes: readonly number[];
}

const flipOp: Op<FlipAttrs> = {
  name: 'flip',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward(backend, [x], { axes }, out) {
    const strides = stridesOf(x.shape);
    const offset = sizeOf(x.shape) === 0 ? 0 : axes.reduce((sum, axis) => sum + (x.shape[axis] - 1) * strides[axis], 0);
    const flipped = strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride));
    return backend.run('copyStrided', [x], { offset, strides: flipped }, out);
  },
  vjp: [(grad, { attrs }) => flip(grad, attrs.axes)],
  jvp: [(tangent, { attrs }) => flip(tangent, attrs.axes)],
};

/**
 * Reverses the order of the elements along axes: $y_i = x_{n - 1 - i}$.
 *
 * @param x - any shape
 * @param axes - one axis or several; default: all
 * @returns the shape of `x`
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await flip(tensor([[1, 2], [3, 4]]), 1).array() // [[2, 1], [4, 3]]
 */
export function flip(x: Tensor, axes?: number | readonly number[]): Tensor {
  const reversed = normalizeAxes('flip', axes, x.rank).filter((axis) => x.shape[axis] > 1);
  return reversed.length === 0 ? x : apply(flipOp, [x], { axes: reversed });
}
