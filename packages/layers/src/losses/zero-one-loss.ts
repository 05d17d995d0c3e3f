import { GradientError } from '@dl/kernels';
import { argMax, cast, notEqual, notifyRecorders, type OpRules, runScope, type Tensor, withoutRecording } from '@dl/tensor';
import { checkScores, classAxisOf, classNumbers } from './class-losses.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/**
 * What one counts in the end: $\ell_n = 1$ where the class with the highest score is not the target's, else 0. Its mean is the error rate.
 *
 * It measures, but cannot be trained with: it is constant wherever it has a derivative, so a gradient would be 0 and say nothing. Asking for one
 * throws; train with {@link crossEntropy}, {@link hingeLoss} or {@link perceptronLoss}, which bound it.
 *
 * @param scores - `[n, c, ...]` or `[c]`, float
 * @param target - class numbers `[n, ...]`, int32 or uint8
 * @returns a scalar, or `[n, ...]` with reduction `'none'`, of the dtype of the scores
 * @throws {@link ShapeError} when the target's shape is not the scores' without the classes
 * @throws {@link DTypeError} for scores that are not float or a target that is not integer
 * @throws {@link GradientError} when a gradient is asked of it
 * @example
 * const scores = tensor([[3, 1], [3, 1]]);
 * await zeroOneLoss(scores, tensor([0, 1], { dtype: 'int32' })).item() // 0.5
 */
export function zeroOneLoss(scores: Tensor, target: Tensor, { reduction = 'mean' }: LossOptions = {}): Tensor {
  checkScores('zeroOneLoss', scores, undefined);
  const axis = classAxisOf(scores);
  const index = classNumbers('zeroOneLoss', scores, target);
  const losses = withoutRecording(() => runScope('zeroOneLoss', () => cast(notEqual(argMax(scores, axis), index), scores.dtype)));
  notifyRecorders(rules, [scores], losses, {});
  return reduceLoss('zeroOneLoss', losses, reduction);
}

const rules: OpRules<object> = { name: 'zeroOneLoss', vjp: [refuse], jvp: [refuse] };

function refuse(): never {
  throw new GradientError(
    'zeroOneLoss',
    'must not be differentiated: its gradient is 0 wherever it exists, so nothing would be learnt. Train with crossEntropy, hingeLoss or perceptronLoss, and measure with this',
  );
}
