import { formatShape, ShapeError } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { div } from '../arithmetic/div.ts';
import { mul } from '../arithmetic/mul.ts';
import { equal } from '../comparison/equal.ts';
import { cast } from '../elementwise/cast.ts';
import { type Axes, dropAxes, keptShape, type ReduceOptions, reduceAttrs } from './reduce-op.ts';
import { sum } from './sum.ts';

interface ExtremeAttrs {
  readonly axes: readonly number[];
}

/** The op of a maximum or minimum over axes, which it keeps. */
export function extremeOp(fn: 'min' | 'max'): Op<ExtremeAttrs> {
  return {
    name: fn,
    infer: ([x], { axes }) => ({ shape: keptShape(x.shape, axes), dtype: x.dtype }),
    forward: (backend, inputs, { axes }, out) => backend.run('reduce', inputs, { fn, axes }, out),
    vjp: [(grad, { inputs: [x], output, attrs }) => mul(grad, tieWeights(x, output, attrs.axes))],
    jvp: [
      (tangent, { inputs: [x], output, attrs }) =>
        sum(mul(tangent, tieWeights(x, output, attrs.axes)), attrs.axes, { keepDims: true }),
    ],
  };
}

/** Runs an {@link extremeOp} over axes that may be any, but not empty: nothing has no extreme. */
export function reduceExtreme(op: Op<ExtremeAttrs>, x: Tensor, axes: Axes, options: ReduceOptions): Tensor {
  const attrs = reduceAttrs(op.name, axes, options, x.rank);
  checkNotEmpty(op.name, x, attrs.axes);
  return dropAxes(apply(op, [x], { axes: attrs.axes }), attrs.axes, options);
}

/**
 * Refuses axes without elements.
 *
 * @throws {@link ShapeError} naming the axis
 */
export function checkNotEmpty(op: string, x: Tensor, axes: readonly number[]): void {
  const empty = axes.find((axis) => x.shape[axis] === 0);
  if (empty !== undefined)
    throw new ShapeError(op, `reduced axes must have elements, got axis ${empty} of ${formatShape(x.shape)}`);
}

/** 1 / k at each of the k elements that tie for the extreme, 0 elsewhere. */
function tieWeights(x: Tensor, extreme: Tensor, axes: readonly number[]): Tensor {
  const ties = cast(equal(x, extreme), x.dtype);
  return div(ties, sum(ties, axes, { keepDims: true }));
}
