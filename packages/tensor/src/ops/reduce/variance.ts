import { checkFloat } from '../../core/check-dtype.ts';
import { apply, type Op } from '../../core/op.ts';
import { runKernels } from '../../core/run-kernels.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { mean } from './mean.ts';
import { type Axes, countReduced, dropAxes, keptShape, type ReduceOptions, reduceAttrs } from './reduce-op.ts';
import { sum } from './sum.ts';

/** Options of {@link variance} and {@link std}. */
export interface VarianceOptions extends ReduceOptions {
  /** What is subtracted from the count before dividing: 1 (default) estimates a population's variance, 0 is the sample's own. */
  readonly correction?: number | undefined;
}

interface VarianceAttrs {
  readonly axes: readonly number[];
  readonly correction: number;
}

const varianceOp: Op<VarianceAttrs> = {
  name: 'variance',
  infer: ([x], { axes }) => ({ shape: keptShape(x.shape, axes), dtype: x.dtype }),
  forward: (backend, [x], { axes, correction }, out) =>
    runKernels(backend, (run) => {
      const scalar = (value: number) => run('fill', [], { value }, { shape: [], dtype: x.dtype });
      const total = run('reduce', [x], { fn: 'sum', axes }, out);
      const center = run('binary', [total, scalar(countReduced(x.shape, axes))], { fn: 'div' }, out);
      const deviations = run('binary', [x, center], { fn: 'sub' }, x);
      const squares = run('unary', [deviations], { fn: 'square' }, x);
      const scatter = run('reduce', [squares], { fn: 'sum', axes }, out);
      return run('binary', [scatter, scalar(divisor(x, axes, correction))], { fn: 'div' }, out);
    }),
  vjp: [(grad, { inputs: [x], attrs }) => mul(mul(grad, slope(x, attrs)), centered(x, attrs.axes))],
  jvp: [
    (tangent, { inputs: [x], attrs }) =>
      mul(sum(mul(tangent, centered(x, attrs.axes)), attrs.axes, { keepDims: true }), slope(x, attrs)),
  ],
};

function slope(x: Tensor, { axes, correction }: VarianceAttrs): number {
  return 2 / divisor(x, axes, correction);
}

function divisor({ shape }: { readonly shape: readonly number[] }, axes: readonly number[], correction: number): number {
  return Math.max(0, countReduced(shape, axes) - correction);
}

function centered(x: Tensor, axes: readonly number[]): Tensor {
  return sub(x, mean(x, axes, { keepDims: true }));
}

/**
 * Variance over axes, $y = \frac{1}{n - c} \sum_i (x_i - \bar x)^2$ with the correction $c$, in two passes. NaN or infinite where
 * $n \le c$.
 *
 * @param x - any shape, float
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await variance(tensor([1, 2, 3, 4, 5])).item() // 2.5
 * await variance(tensor([1, 2, 3, 4, 5]), 0, { correction: 0 }).item() // 2
 */
export function variance(x: Tensor, axes?: Axes, options: VarianceOptions = {}): Tensor {
  checkFloat('variance', x.dtype);
  const attrs = reduceAttrs('variance', axes, options, x.rank);
  return dropAxes(apply(varianceOp, [x], { axes: attrs.axes, correction: options.correction ?? 1 }), attrs.axes, options);
}
