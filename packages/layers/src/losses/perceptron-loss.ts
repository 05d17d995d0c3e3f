import { add, max, mul, type Tensor } from '@dl/tensor';
import { type ClassLossOptions, checkScores, classAxisOf, classTarget, pickedLosses, reduceClassLoss } from './class-losses.ts';

/**
 * The perceptron criterion, $\ell_n = w_{y_n} (\max_c x_{n,c} - x_{n,y_n})$: 0 where the class has the highest score. Its gradient step is
 * Rosenblatt's rule: add the input to the weights of the class, take it from those of the one that won instead.
 *
 * @param scores - `[n, c, ...]` or `[c]`, float: what a linear layer gives
 * @param target - class numbers `[n, ...]`, int32 or uint8
 * @returns a scalar, or `[n, ...]` with reduction `'none'`
 * @throws {@link ShapeError} when the target's shape is not the scores' without the classes, or `weight` is not `[c]`
 * @throws {@link ArgumentError} for a class number that is none, on backends that notice: those on the CPU do
 * @throws {@link DTypeError} for scores that are not float or a target that is not integer
 * @example
 * const scores = tensor([[3, 1], [3, 1]]);
 * await perceptronLoss(scores, tensor([0, 1], { dtype: 'int32' }), { reduction: 'none' }).data() // Float32Array [0, 2]
 * @see Rosenblatt, 1958; for several classes, Crammer & Singer, 2003
 */
export function perceptronLoss(scores: Tensor, target: Tensor, options: ClassLossOptions = {}): Tensor {
  checkScores('perceptronLoss', scores, options.weight);
  const classes = classTarget('perceptronLoss', scores, target, options);
  const highest = classes.masked(mul(max(scores, classAxisOf(scores)), classes.weights));
  return reduceClassLoss('perceptronLoss', add(highest, pickedLosses('perceptronLoss', scores, classes)), classes, options);
}
