import { type Shape, stridesOf } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { flip } from './flip.ts';

/** Along each axis: the first element taken, how far to the next one (negative steps go backwards), and how many. */
export interface SliceAttrs {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly shape: Shape;
}

/** A slice of every axis, its bounds resolved: the adjoint of {@link scatterSteps}. */
export const sliceOp: Op<SliceAttrs> = {
  name: 'slice',
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward(backend, [x], { starts, steps }, out) {
    const strides = stridesOf(x.shape);
    const offset = starts.reduce((sum, start, axis) => sum + start * strides[axis], 0);
    return backend.run('copyStrided', [x], { offset, strides: strides.map((stride, axis) => stride * steps[axis]) }, out);
  },
  vjp: [
    (grad, { inputs: [x], attrs: { starts, steps, shape } }) => {
      const backwards = shape.map((_, axis) => axis).filter((axis) => steps[axis] < 0);
      const before = starts.map((start, axis) => (steps[axis] < 0 ? start + (shape[axis] - 1) * steps[axis] : start));
      const forwards = steps.map(Math.abs);
      return scatterSteps(flip(grad, backwards), before, forwards, x.shape);
    },
  ],
  jvp: [(tangent, { attrs }) => apply(sliceOp, [tangent], attrs)],
};

interface ScatterStepsAttrs {
  readonly before: readonly number[];
  readonly step: readonly number[];
  readonly shape: Shape;
  readonly value: number;
}

const padOp: Op<ScatterStepsAttrs> = {
  name: 'pad',
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: (backend, [x], { before, step, value }, out) => backend.run('pad', [x], { before, step, value }, out),
  vjp: [
    (grad, { inputs: [x], attrs: { before, step } }) => apply(sliceOp, [grad], { starts: before, steps: step, shape: x.shape }),
  ],
  jvp: [(tangent, { attrs }) => apply(padOp, [tangent], { ...attrs, value: 0 })],
};

/**
 * Lays the elements of `x` out over `shape`, `step` apart from `before` on along each axis, and `value` everywhere else: padding,
 * and the adjoint of a slice.
 */
export function scatterSteps(x: Tensor, before: readonly number[], step: readonly number[], shape: Shape, value = 0): Tensor {
  return apply(padOp, [x], { before, step, shape, value });
}
