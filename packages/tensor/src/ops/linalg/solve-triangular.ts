import type { Tensor } from '../../core/tensor.ts';
import { solveAs } from './solve.ts';

/** Options of {@link solveTriangular}. */
export interface SolveTriangularOptions {
  /** Whether the upper triangle is meant; the other one is not read. */
  readonly upper: boolean;
  /** Whether the system is $A^\top X = B$. Default `false`. */
  readonly transpose?: boolean | undefined;
}

/**
 * Solves $A X = B$ for a triangular $A$, by substitution.
 *
 * @param a - `[..., n, n]`, of which one triangle is read
 * @param b - `[..., n, m]`, or a vector `[n]`; leading axes broadcast
 * @returns `[..., n, m]`, or `[..., n]` for a vector
 * @throws {@link ShapeError} for matrices that are not square, or a right-hand side of another height
 * @throws {@link DTypeError} unless both have one float dtype
 * @throws {@link ArgumentError} for a zero on the diagonal, on backends that notice: those on the CPU do
 * @example
 * const lower = tensor([[2, 9], [1, 1]]);
 * await solveTriangular(lower, tensor([4, 3]), { upper: false }).data() // Float32Array [2, 1]
 */
export function solveTriangular(a: Tensor, b: Tensor, { upper, transpose = false }: SolveTriangularOptions): Tensor {
  return solveAs('solveTriangular', a, b, { kind: upper ? 'upper' : 'lower', transpose });
}
