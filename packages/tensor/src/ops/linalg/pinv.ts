import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { greater } from '../comparison/greater.ts';
import { where } from '../comparison/where.ts';
import { reciprocal } from '../elementwise/reciprocal.ts';
import { slice } from '../layout/slice.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { matmul } from '../linear/matmul.ts';
import { checkMatrix } from './matrices.ts';
import { svd } from './svd.ts';

/** Options of {@link pinv}. */
export interface PinvOptions {
  /** Singular values up to this share of the largest count as 0. Default: $\max(m, n)$ times the rounding unit of the dtype. */
  readonly rtol?: number | undefined;
}

/** The distance from 1 to the next float. */
const roundingUnit = { float32: 2 ** -23, float64: 2 ** -52 };

/**
 * The Moore–Penrose pseudoinverse $A^+ = V \operatorname{diag}(1 / s) U^\top$, with 0 for $1 / s$ where $s$ is negligible.
 *
 * @param a - `[..., m, n]`
 * @returns `[..., n, m]`
 * @throws {@link ShapeError} for less than two axes
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} for NaN and infinities, on backends that notice: those on the CPU do
 * @example
 * await pinv(tensor([[2, 0], [0, 0]])).array() // [[0.5, 0], [0, 0]]
 */
export function pinv(a: Tensor, options: PinvOptions = {}): Tensor {
  checkMatrix('pinv', a);
  const [m, n] = a.shape.slice(-2);
  const { rtol = Math.max(m, n) * roundingUnit[a.dtype === 'float64' ? 'float64' : 'float32'] } = options;
  const { u, s, vh } = svd(a);
  const largest = slice(s, [...s.shape.slice(0, -1).map(() => null), [0, 1]]);
  const counts = greater(s, mul(largest, rtol));
  const inverted = where(counts, reciprocal(where(counts, s, 1)), 0);
  return matmul(mul(unsqueeze(inverted, -1), vh), u, { transposeA: true, transposeB: true });
}
