import { DTypeError, formatShape, ShapeError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { applyFused, type FusedOp, fuse } from '../../core/fused-op.ts';
import { isRecording } from '../../core/recorder.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { notEqual } from '../comparison/not-equal.ts';
import { where } from '../comparison/where.ts';
import { cast } from '../elementwise/cast.ts';
import { neg } from '../elementwise/neg.ts';
import { gather } from '../indexing/gather.ts';
import { oneHot } from '../indexing/one-hot.ts';
import { squeeze } from '../layout/squeeze.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { logSoftmax } from '../reduce/log-softmax.ts';
import { softmax } from '../reduce/softmax.ts';
import { sum } from '../reduce/sum.ts';

/** Options of {@link softmaxCrossEntropy}. */
export interface SoftmaxCrossEntropyOptions {
  /** A class number whose rows do not count. Default -100. */
  readonly ignoreIndex?: number | undefined;
}

/** What {@link softmaxCrossEntropy} makes. */
export interface SoftmaxCrossEntropyResult {
  /** `[n]`; 0 for rows that do not count. */
  readonly losses: Tensor;
  /** A scalar, the number of rows that count: what a mean divides by. It carries no gradient. */
  readonly count: Tensor;
}

const softmaxCrossEntropyOp: FusedOp<'softmaxCrossEntropy'> = {
  name: 'softmaxCrossEntropy',
  infer: ([x]) => [{ shape: [x.shape[0]], dtype: x.dtype }, { shape: [], dtype: x.dtype }, x],
  composite([x, target], { ignoreIndex }) {
    const counted = notEqual(target, ignoreIndex);
    const index = unsqueeze(where(counted, target, 0), 1);
    const picked = squeeze(gather(logSoftmax(x, 1), index, 1), 1);
    return [where(counted, neg(picked), 0), sum(cast(counted, x.dtype)), softmax(x, 1)];
  },
  vjp([grad], { inputs: [x, target], others: [, probabilities], attrs }) {
    if (grad === undefined) return [null, null];
    const fused = fuse('softmaxCrossEntropyGrad', [probabilities, target, grad], attrs, [x]);
    return [fused?.[0] ?? mul(slope(x, target, attrs.ignoreIndex), unsqueeze(grad, 1)), null];
  },
  jvp: [(tangent, { inputs: [x, target], attrs }) => sum(mul(tangent, slope(x, target, attrs.ignoreIndex)), 1), null],
};

/** $\partial \ell_n / \partial x_n$: the softmax less one at the class, 0 in rows that do not count. */
function slope(x: Tensor, target: Tensor, ignoreIndex: number): Tensor {
  const chosen = oneHot(target, x.shape[1], { dtype: x.dtype });
  return where(unsqueeze(notEqual(target, ignoreIndex), 1), sub(softmax(x, 1), chosen), 0);
}

/**
 * Cross-entropy between the softmax of each row and a class, $\ell_n = \ln \sum_c e^{x_{n,c}} - x_{n,y_n}$, without overflow: one kernel where
 * the backend has it, with a gradient that is one, too.
 *
 * @param x - logits `[n, c]`, float
 * @param target - class numbers `[n]`, int32
 * @throws {@link ShapeError} when `x` has not two axes, or the target is not `[n]`
 * @throws {@link DTypeError} for logits that are not float, or a target that is not int32
 * @throws {@link ArgumentError} for a class number that is none, on backends that notice: those on the CPU do
 * @example
 * const { losses, count } = softmaxCrossEntropy(tensor([[2, 0], [0, 3]]), tensor([0, -100], { dtype: 'int32' }));
 * await losses.data() // Float32Array [0.1269, 0]
 * await count.item() // 1
 */
export function softmaxCrossEntropy(
  x: Tensor,
  target: Tensor,
  options: SoftmaxCrossEntropyOptions = {},
): SoftmaxCrossEntropyResult {
  checkFloat('softmaxCrossEntropy', x.dtype);
  if (target.dtype !== 'int32') {
    throw new DTypeError('softmaxCrossEntropy', `target must be int32, got ${target.dtype}: convert with cast(target, 'int32')`);
  }
  if (x.rank !== 2 || target.rank !== 1 || target.shape[0] !== x.shape[0]) {
    throw new ShapeError(
      'softmaxCrossEntropy',
      `logits must be [n, c] and the target [n], got ${formatShape(x.shape)} and ${formatShape(target.shape)}`,
    );
  }
  const attrs = { ignoreIndex: options.ignoreIndex ?? -100 };
  const [losses, count, probabilities] = applyFused(softmaxCrossEntropyOp, [x, target], attrs);
  if (!isRecording()) probabilities.dispose();
  return { losses, count };
}
