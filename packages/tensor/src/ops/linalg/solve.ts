import { broadcastShapes, formatShape, type KernelAttrs, ShapeError, type SolveKind } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { neg } from '../elementwise/neg.ts';
import { expandTo } from '../layout/expand.ts';
import { squeeze } from '../layout/squeeze.ts';
import { tril } from '../layout/tril.ts';
import { triu } from '../layout/triu.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { matmul } from '../linear/matmul.ts';
import { oneFloat } from '../linear/one-float.ts';
import { checkSquare } from './matrices.ts';

type SolveAttrs = KernelAttrs['solve'];

const solveOp: Op<SolveAttrs> = {
  name: 'solve',
  infer: ([, b]) => b,
  forward: (backend, inputs, attrs, out) => backend.run('solve', inputs, attrs, out),
  vjp: [
    (grad, { inputs: [a], output, attrs }) => {
      const back = apply(solveOp, [a, grad], turned(attrs));
      const [left, right] = attrs.transpose ? [output, back] : [back, output];
      return triangle(neg(matmul(left, right, { transposeB: true })), attrs.kind);
    },
    (grad, { inputs: [a], attrs }) => apply(solveOp, [a, grad], turned(attrs)),
  ],
  jvp: [
    (tangent, { inputs: [a], output, attrs }) => {
      const moved = matmul(triangle(tangent, attrs.kind), output, { transposeA: attrs.transpose });
      return neg(apply(solveOp, [a, moved], attrs));
    },
    (tangent, { inputs: [a], attrs }) => apply(solveOp, [a, tangent], attrs),
  ],
};

function turned(attrs: SolveAttrs): SolveAttrs {
  return { ...attrs, transpose: !attrs.transpose };
}

/** The part of `x` that a matrix of that kind is read from. */
function triangle(x: Tensor, kind: SolveKind): Tensor {
  return kind === 'general' ? x : kind === 'lower' ? tril(x) : triu(x);
}

/**
 * Solves the linear systems $A X = B$, by LU factorisation with partial pivoting.
 *
 * @param a - `[..., n, n]`, invertible
 * @param b - `[..., n, m]`, or a vector `[n]`; leading axes broadcast
 * @returns `[..., n, m]`, or `[..., n]` for a vector
 * @throws {@link ShapeError} for matrices that are not square, or a right-hand side of another height
 * @throws {@link DTypeError} unless both have one float dtype
 * @throws {@link ArgumentError} for a singular matrix, on backends that notice: those on the CPU do
 * @see Golub & Van Loan, Matrix Computations, chapter 3
 * @example
 * await solve(tensor([[2, 0], [1, 1]]), tensor([4, 3])).data() // Float32Array [2, 1]
 */
export function solve(a: Tensor, b: Tensor): Tensor {
  return solveAs('solve', a, b, { kind: 'general', transpose: false });
}

/** {@link solve} on behalf of another op, with what is known of the matrix. */
export function solveAs(op: string, a: Tensor, b: Tensor, attrs: SolveAttrs): Tensor {
  checkSquare(op, a);
  oneFloat(op, a, b);
  if (b.rank === 1) return squeeze(solveAs(op, a, unsqueeze(b, 1), attrs), -1);
  const n = a.shape[a.rank - 1];
  if (b.rank === 0 || b.shape[b.rank - 2] !== n) {
    throw new ShapeError(
      op,
      `the right-hand side must be [..., ${n}, m] or [${n}], got ${formatShape(b.shape)} (matrices ${formatShape(a.shape)})`,
    );
  }
  const lead = broadcastShapes(op, a.shape.slice(0, -2), b.shape.slice(0, -2));
  return apply(solveOp, [expandTo(a, [...lead, n, n]), expandTo(b, [...lead, ...b.shape.slice(-2)])], attrs);
}
