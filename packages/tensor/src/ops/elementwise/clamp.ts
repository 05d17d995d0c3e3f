import { ArgumentError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { greater } from '../comparison/greater.ts';
import { less } from '../comparison/less.ts';
import { where } from '../comparison/where.ts';

/** Options of {@link clamp}: at least one of the two. */
export interface ClampOptions {
  /** The least value. Default: no bound. */
  readonly min?: number | undefined;
  /** The greatest value. Default: no bound. */
  readonly max?: number | undefined;
}

/**
 * Values brought into a range, $y = \min(\max(x, \text{min}), \text{max})$; NaN stays NaN. The gradient at the bounds is 1, as in PyTorch.
 *
 * @param x - any shape `[...]`
 * @returns the shape of `x`; its dtype, unless a bound does not fit it
 * @throws {@link ArgumentError} for no bound at all
 * @example
 * await clamp(tensor([-2, 0.5, 3]), { min: 0, max: 1 }).data() // Float32Array [0, 0.5, 1]
 */
export function clamp(x: Tensor, { min, max }: ClampOptions): Tensor {
  if (min === undefined && max === undefined) throw new ArgumentError('clamp', 'min or max must be given, got neither');
  // Not maximum and minimum: they would halve the gradient at the bounds.
  const raised = min === undefined ? x : where(less(x, min), min, x);
  return max === undefined ? raised : where(greater(raised, max), max, raised);
}
