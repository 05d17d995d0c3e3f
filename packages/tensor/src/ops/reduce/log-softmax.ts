import { normalizeAxis } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { fuse } from '../../core/fused-op.ts';
import { apply, type Op } from '../../core/op.ts';
import { runKernels } from '../../core/run-kernels.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { exp } from '../elementwise/exp.ts';
import { keptShape } from './reduce-op.ts';
import { sum } from './sum.ts';

interface LogSoftmaxAttrs {
  readonly axis: number;
}

const logSoftmaxOp: Op<LogSoftmaxAttrs> = {
  name: 'logSoftmax',
  infer: ([x]) => x,
  forward(backend, inputs, attrs, out) {
    const [x] = inputs;
    if (backend.fuses('logSoftmax', x.dtype)) return backend.runFused('logSoftmax', inputs, attrs, [out])[0];
    return runKernels(backend, (run) => {
      const { axis } = attrs;
      const row = { shape: keptShape(x.shape, [axis]), dtype: x.dtype };
      const greatest = run('reduce', [x], { fn: 'max', axes: [axis] }, row);
      const shifted = run('binary', [x, greatest], { fn: 'sub' }, out);
      const total = run('reduce', [run('unary', [shifted], { fn: 'exp' }, out)], { fn: 'sum', axes: [axis] }, row);
      return run('binary', [shifted, run('unary', [total], { fn: 'log' }, row)], { fn: 'sub' }, out);
    });
  },
  vjp: [
    (grad, { output, attrs }) =>
      fuse('logSoftmaxGrad', [output, grad], attrs, [output])?.[0] ??
      sub(grad, mul(exp(output), sum(grad, attrs.axis, { keepDims: true }))),
  ],
  jvp: [(tangent, { output, attrs: { axis } }) => sub(tangent, sum(mul(tangent, exp(output)), axis, { keepDims: true }))],
};

/**
 * Logarithm of {@link softmax} along an axis, $y_i = x_i - \ln \sum_j e^{x_j}$, without overflow and exact where the softmax is tiny.
 *
 * @param x - any shape of one axis or more, float
 * @param axis - negative ones count from the end. Default: the last
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ShapeError} for an axis out of range
 * @example
 * await logSoftmax(tensor([1000, 0])).data() // Float32Array [0, -1000]
 */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  checkFloat('logSoftmax', x.dtype);
  return apply(logSoftmaxOp, [x], { axis: normalizeAxis('logSoftmax', axis, x.rank) });
}
