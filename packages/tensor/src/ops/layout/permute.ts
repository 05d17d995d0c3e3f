import { normalizeAxis, type Shape, ShapeError, stridesOf } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from './reshape.ts';

interface PermuteAttrs {
  /** Axis `i` of the output is axis `axes[i]` of the input. */
  readonly axes: readonly number[];
}

const permuteOp: Op<PermuteAttrs> = {
  name: 'permute',
  infer: ([x], { axes }) => ({ shape: axes.map((axis) => x.shape[axis]), dtype: x.dtype }),
  forward(backend, [x], { axes }, out) {
    const strides = stridesOf(x.shape);
    return backend.run('copyStrided', [x], { offset: 0, strides: axes.map((axis) => strides[axis]) }, out);
  },
  vjp: [(grad, { attrs: { axes } }) => permute(grad, inverse(axes))],
  jvp: [(tangent, { attrs: { axes } }) => permute(tangent, axes)],
};

/**
 * Reorders the axes: axis $i$ of the result is axis `axes[i]` of `x`. Where only axes of extent 1 move, the block is shared.
 *
 * @param x - any shape
 * @param axes - every axis of `x` once; negative ones count from the end
 * @returns `[x.shape[axes[0]], x.shape[axes[1]], …]`
 * @throws {@link ShapeError} unless `axes` names every axis once
 * @example
 * permute(tensor([[[1, 2, 3]], [[4, 5, 6]]]), [2, 0, 1]).shape // [3, 2, 1]
 */
export function permute(x: Tensor, axes: readonly number[]): Tensor {
  const normal = axes.map((axis) => normalizeAxis('permute', axis, x.rank));
  if (new Set(normal).size !== x.rank || normal.length !== x.rank) {
    throw new ShapeError('permute', `axes must name each of the ${x.rank} axes once, got [${axes.join(', ')}]`);
  }
  if (normal.every((axis, i) => axis === i)) return x;
  if (keepsOrder(x.shape, normal))
    return reshape(
      x,
      normal.map((axis) => x.shape[axis]),
    );
  return apply(permuteOp, [x], { axes: normal });
}

/** Whether the elements stay where they are: no axis of more than one element overtakes another. */
function keepsOrder(shape: Shape, axes: readonly number[]): boolean {
  const moving = axes.filter((axis) => shape[axis] !== 1);
  return moving.every((axis, i) => i === 0 || axis > moving[i - 1]);
}

function inverse(axes: readonly number[]): number[] {
  const out = new Array<number>(axes.length);
  axes.forEach((axis, i) => {
    out[axis] = i;
  });
  return out;
}
