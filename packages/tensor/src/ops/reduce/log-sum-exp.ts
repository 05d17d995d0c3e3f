import { checkFloat } from '../../core/check-dtype.ts';
import { apply, type Op } from '../../core/op.ts';
import { runKernels } from '../../core/run-kernels.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { equal } from '../comparison/equal.ts';
import { where } from '../comparison/where.ts';
import { exp } from '../elementwise/exp.ts';
import { type Axes, dropAxes, keptShape, type ReduceOptions, reduceAttrs } from './reduce-op.ts';
import { sum } from './sum.ts';

interface LogSumExpAttrs {
  readonly axes: readonly number[];
}

const logSumExpOp: Op<LogSumExpAttrs> = {
  name: 'logSumExp',
  infer: ([x], { axes }) => ({ shape: keptShape(x.shape, axes), dtype: x.dtype }),
  forward: (backend, [x], { axes }, out) =>
    runKernels(backend, (run) => {
      const greatest = run('reduce', [x], { fn: 'max', axes }, out);
      const bounded = run('unary', [greatest], { fn: 'isFinite' }, { shape: out.shape, dtype: 'bool' });
      const zero = run('fill', [], { value: 0 }, { shape: [], dtype: x.dtype });
      // An infinite maximum is no help: infinity minus infinity is NaN.
      const offset = run('select', [bounded, greatest, zero], {}, out);
      const powers = run('unary', [run('binary', [x, offset], { fn: 'sub' }, x)], { fn: 'exp' }, x);
      const total = run('reduce', [powers], { fn: 'sum', axes }, out);
      return run('binary', [run('unary', [total], { fn: 'log' }, out), offset], { fn: 'add' }, out);
    }),
  vjp: [(grad, { inputs: [x], output }) => mul(grad, weights(x, output))],
  jvp: [(tangent, { inputs: [x], output, attrs }) => sum(mul(tangent, weights(x, output)), attrs.axes, { keepDims: true })],
};

/** The softmax of `x`; 0 where all of it is $-\infty$. */
function weights(x: Tensor, logSum: Tensor): Tensor {
  return exp(sub(x, where(equal(logSum, Number.NEGATIVE_INFINITY), 0, logSum)));
}

/**
 * Logarithm of the sum of exponentials over axes, $y = \ln \sum_i e^{x_i}$, without overflow. It is $-\infty$, with the gradient 0, where
 * all $x_i$ are.
 *
 * @param x - any shape, float
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await logSumExp(tensor([1000, 1000])).item() // 1000.6931
 */
export function logSumExp(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  checkFloat('logSumExp', x.dtype);
  const attrs = reduceAttrs('logSumExp', axes, options, x.rank);
  return dropAxes(apply(logSumExpOp, [x], { axes: attrs.axes }), attrs.axes, options);
}
