import { normalizeAxis } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { fuse } from '../../core/fused-op.ts';
import { apply, type Op, type Rule } from '../../core/op.ts';
import { runKernels } from '../../core/run-kernels.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { keptShape } from './reduce-op.ts';
import { sum } from './sum.ts';

interface SoftmaxAttrs {
  readonly axis: number;
}

// The Jacobian diag(y) − y yᵀ is symmetric: one rule for both directions.
const rule: Rule<SoftmaxAttrs> = (grad, { output, attrs }) => {
  const fused = fuse('softmaxGrad', [output, grad], attrs, [output]);
  if (fused !== undefined) return fused[0];
  const weighted = mul(grad, output);
  return sub(weighted, mul(output, sum(weighted, attrs.axis, { keepDims: true })));
};

const softmaxOp: Op<SoftmaxAttrs> = {
  name: 'softmax',
  infer: ([x]) => x,
  forward(backend, inputs, attrs, out) {
    const [x] = inputs;
    if (backend.fuses('softmax', x.dtype)) return backend.runFused('softmax', inputs, attrs, [out])[0];
    return runKernels(backend, (run) => {
      const { axis } = attrs;
      const row = { shape: keptShape(x.shape, [axis]), dtype: x.dtype };
      const greatest = run('reduce', [x], { fn: 'max', axes: [axis] }, row);
      const powers = run('unary', [run('binary', [x, greatest], { fn: 'sub' }, out)], { fn: 'exp' }, out);
      const total = run('reduce', [powers], { fn: 'sum', axes: [axis] }, row);
      return run('binary', [powers, total], { fn: 'div' }, out);
    });
  },
  vjp: [rule],
  jvp: [rule],
};

/**
 * Exponentials divided by their sum along an axis, $y_i = e^{x_i} / \sum_j e^{x_j}$, without overflow: positive numbers that sum to 1. NaN
 * where all $x_i$ are $-\infty$.
 *
 * @param x - any shape of one axis or more, float
 * @param axis - negative ones count from the end. Default: the last
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ShapeError} for an axis out of range
 * @example
 * await softmax(tensor([0, Math.log(3)])).data() // Float32Array [0.25, 0.75]
 */
export function softmax(x: Tensor, axis = -1): Tensor {
  checkFloat('softmax', x.dtype);
  return apply(softmaxOp, [x], { axis: normalizeAxis('softmax', axis, x.rank) });
}
