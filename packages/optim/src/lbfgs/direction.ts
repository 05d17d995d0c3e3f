import { add, dot, mul, neg, sub, type Tensor } from '@dl/tensor';

/** A step that was taken and what it taught of the curvature. */
export interface Correction {
  /** How the gradient changed, $y$ `[n]`. */
  readonly oldDir: Tensor;
  /** The step, $s$ `[n]`. */
  readonly oldStp: Tensor;
  /** $1 / y^\top s$. */
  readonly ro: number;
}

/**
 * The direction $-H g$ of the inverse Hessian that the corrections make of $h I$, by the two-loop recursion.
 *
 * @see Nocedal & Wright, Numerical optimization, 2006, algorithm 7.4
 */
export function directionOf(grad: Tensor, corrections: readonly Correction[], hDiag: number): Tensor {
  let q = neg(grad);
  const shares: Tensor[] = [];
  for (const { oldDir, oldStp, ro } of corrections.toReversed()) {
    const share = mul(dot(oldStp, q), ro);
    q = sub(q, mul(oldDir, share));
    shares.unshift(share);
  }
  let direction = mul(q, hDiag);
  for (const [i, { oldDir, oldStp, ro }] of corrections.entries()) {
    direction = add(direction, mul(oldStp, sub(shares[i], mul(dot(oldDir, direction), ro))));
  }
  return direction;
}
