import { ArgumentError, formatShape, isFloat, ShapeError, sameShape } from '@dl/kernels';
import { add, div, logSoftmax, mul, neg, reshape, softmaxCrossEntropy, sum, type Tensor } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import {
  type ClassLossOptions,
  checkScores,
  classAxisOf,
  classTarget,
  lookUp,
  pickedLosses,
  reduceClassLoss,
} from './class-losses.ts';
import { reduceLoss } from './reduction.ts';

/** Options of {@link crossEntropy}. */
export interface CrossEntropyOptions extends ClassLossOptions {
  /** $\varepsilon$ in [0, 1]: how much of the target is spread evenly over all classes. Default 0. */
  readonly labelSmoothing?: number | undefined;
}

/**
 * Cross-entropy between the softmax of logits and a target: $\ell_n = -\sum_c w_c \, q_{n,c} \log \operatorname{softmax}(x_n)_c$. With class
 * numbers, $q_n$ is $1 - \varepsilon$ at the class plus $\varepsilon / C$ everywhere, and the mean is $\sum_n \ell_n / \sum_n w_{y_n}$ over
 * the elements that count; with probabilities the mean is over all elements.
 *
 * The gradient by the logits is $(\operatorname{softmax}(x_n) - q_n)$ divided as the loss is. Further axes are pixels of a segmentation,
 * `[n, c, h, w]`, or steps of a sequence, `[n, c, t]`: the mean is over them, too, so over time it has the factor $1 / T$.
 *
 * @param logits - `[n, c, ...]` or `[c]`, float
 * @param target - class numbers `[n, ...]`, int32 or uint8, or probabilities of the logits' shape and dtype
 * @returns a scalar, or `[n, ...]` with reduction `'none'`
 * @throws {@link ShapeError} when the target's shape is neither, or `weight` is not `[c]`
 * @throws {@link DTypeError} for logits that are not float
 * @throws {@link ArgumentError} for `labelSmoothing` outside [0, 1], `ignoreIndex` together with probabilities, or a class number that is none,
 * on backends that notice: those on the CPU do
 * @example
 * const logits = tensor([[2, 0, 0], [0, 0, 3]]);
 * await crossEntropy(logits, tensor([0, 2], { dtype: 'int32' })).item() // 0.1672
 */
export function crossEntropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { labelSmoothing = 0, weight } = options;
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new ArgumentError('crossEntropy', `labelSmoothing must be in [0, 1], got ${labelSmoothing}`);
  }
  checkScores('crossEntropy', logits, weight);
  return isFloat(target.dtype) ? softTargetLoss(logits, target, options) : hardTargetLoss(logits, target, options);
}

function hardTargetLoss(logits: Tensor, target: Tensor, options: CrossEntropyOptions): Tensor {
  const { labelSmoothing = 0, weight } = options;
  if (isPlain(logits, target, options)) return plainLoss(logits, target, options);
  const classes = classTarget('crossEntropy', logits, target, options);
  const logProbabilities = logSoftmax(logits, classAxisOf(logits));
  const picked = pickedLosses('crossEntropy', logProbabilities, classes);
  if (labelSmoothing === 0) return reduceClassLoss('crossEntropy', picked, classes, options);
  const axis = classAxisOf(logits);
  const evenly = classes.masked(neg(sum(weighted(logProbabilities, weight), axis)));
  const losses = add(mul(picked, 1 - labelSmoothing), mul(evenly, labelSmoothing / logits.shape[axis]));
  return reduceClassLoss('crossEntropy', losses, classes, options);
}

/** Whether it is one op: rows of logits, no weight, no smoothing. What does not fit is refused elsewhere. */
function isPlain(logits: Tensor, target: Tensor, { weight, labelSmoothing = 0 }: CrossEntropyOptions): boolean {
  const isRows = logits.rank === 2 && sameShape(target.shape, [logits.shape[0]]);
  return isRows && target.dtype === 'int32' && weight === undefined && labelSmoothing === 0;
}

function plainLoss(logits: Tensor, target: Tensor, { ignoreIndex, reduction = 'mean' }: CrossEntropyOptions): Tensor {
  const { losses, count } = lookUp('crossEntropy', () => softmaxCrossEntropy(logits, target, { ignoreIndex }));
  return reduction === 'mean' ? div(sum(losses), count) : reduceLoss('crossEntropy', losses, reduction);
}

function softTargetLoss(logits: Tensor, target: Tensor, options: CrossEntropyOptions): Tensor {
  const { labelSmoothing = 0, ignoreIndex, reduction = 'mean', weight } = options;
  const axis = classAxisOf(logits);
  if (ignoreIndex !== undefined) {
    throw new ArgumentError(
      'crossEntropy',
      `ignoreIndex must go with class numbers, got ${ignoreIndex} with ${target.dtype} probabilities`,
    );
  }
  if (!sameShape(logits.shape, target.shape)) {
    throw new ShapeError(
      'crossEntropy',
      `a target of probabilities must be ${formatShape(logits.shape)}, the shape of the logits, got ${formatShape(target.shape)}: class numbers must be int32, convert with cast(target, 'int32')`,
    );
  }
  checkPair('crossEntropy', logits, target);
  const classes = logits.shape[axis];
  const smooth = labelSmoothing === 0 ? target : add(mul(target, 1 - labelSmoothing), labelSmoothing / classes);
  const losses = neg(sum(mul(weighted(logSoftmax(logits, axis), weight), smooth), axis));
  return reduction === 'mean' ? div(sum(losses), losses.size) : reduceLoss('crossEntropy', losses, reduction);
}

function weighted(logProbabilities: Tensor, weight: Tensor | undefined): Tensor {
  if (weight === undefined) return logProbabilities;
  const spatial = logProbabilities.rank - 1 - classAxisOf(logProbabilities);
  return mul(logProbabilities, reshape(weight, [weight.size, ...new Array<number>(spatial).fill(1)]));
}
