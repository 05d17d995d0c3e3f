import {
  add,
  clamp,
  div,
  log,
  log1p,
  mul,
  neg,
  notifyRecorders,
  type OpRules,
  type Rule,
  runScope,
  sub,
  type Tensor,
  withoutRecording,
} from '@dl/tensor';
import type { BinaryCrossEntropyOptions } from './binary-cross-entropy-with-logits.ts';
import { checkPair } from './check-pair.ts';
import { reduceLoss } from './reduction.ts';

/**
 * Cross-entropy of yes-or-no answers that are probabilities already, $\ell_i = -w_i \, \big(y_i \ln x_i + (1 - y_i) \ln(1 - x_i)\big)$. With the
 * target 1 the gradient is $-1 / x_i$. Logarithms are at least -100, and $x_i (1 - x_i)$ in the gradient at least $10^{-12}$, as in PyTorch, so
 * that a certain and wrong answer has a finite loss. {@link binaryCrossEntropyWithLogits} needs no such care: prefer it.
 *
 * @param input - probabilities in [0, 1], any shape `[...]`, float
 * @param target - probabilities in [0, 1], same shape and dtype
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await binaryCrossEntropy(tensor([0.5, 1]), tensor([1, 0]), { reduction: 'none' }).data() // Float32Array [0.6931472, 100]
 */
export function binaryCrossEntropy(
  input: Tensor,
  target: Tensor,
  { weight, reduction = 'mean' }: Omit<BinaryCrossEntropyOptions, 'posWeight'> = {},
): Tensor {
  checkPair('binaryCrossEntropy', input, target);
  const losses = withoutRecording(() =>
    runScope('binaryCrossEntropy', () => {
      const [yes, no] = logarithms(input);
      return neg(add(mul(target, yes), mul(sub(1, target), no)));
    }),
  );
  notifyRecorders(rules, [input, target], losses, {});
  return reduceLoss('binaryCrossEntropy', weight === undefined ? losses : mul(losses, weight), reduction);
}

/** $\ln x$ and $\ln(1 - x)$, not below -100. */
function logarithms(x: Tensor): readonly [Tensor, Tensor] {
  return [clamp(log(x), { min: -100 }), clamp(log1p(neg(x)), { min: -100 })];
}

// The Jacobian by either input is diagonal, so one rule serves gradients and tangents. Composed of the ops above, the one by the input would be
// 0 · ∞ at the ends.
const byInput: Rule<object> = (grad, { inputs: [x, y] }) => mul(grad, div(sub(x, y), clamp(mul(x, sub(1, x)), { min: 1e-12 })));
const byTarget: Rule<object> = (grad, { inputs: [x] }) => {
  const [yes, no] = logarithms(x);
  return mul(grad, sub(no, yes));
};
const rules: OpRules<object> = { name: 'binaryCrossEntropy', vjp: [byInput, byTarget], jvp: [byInput, byTarget] };
