import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { lessEqual } from '../comparison/less-equal.ts';
import { where } from '../comparison/where.ts';

/** Options of {@link threshold}. */
export interface ThresholdOptions {
  /** The greatest input that is replaced. */
  readonly threshold: number;
  /** What replaces it. */
  readonly value: number;
}

/**
 * Replaces what is not above a threshold, $y = x$ where $x > \theta$, else a value. The gradient at $\theta$ is 0, as in PyTorch.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await threshold(tensor([-1, 0.5, 2]), { threshold: 1, value: 20 }).data() // Float32Array [20, 20, 2]
 */
export function threshold(x: Tensor, options: ThresholdOptions): Tensor {
  checkFloat('threshold', x.dtype);
  return where(lessEqual(x, options.threshold), options.value, x);
}
