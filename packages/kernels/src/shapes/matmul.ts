import type { KernelAttrs } from '../attrs.ts';
import { ShapeError } from '../errors.ts';
import { broadcastShapes, formatShape, type Shape } from '../shape.ts';

/**
 * Shape of a batched matrix product: the last two axes multiply, those before broadcast.
 *
 * @param op - the op that asks, for messages
 * @param a - `[…, m, k]`, or `[…, k, m]` with `transposeA`
 * @param b - `[…, k, n]`, or `[…, n, k]` with `transposeB`
 * @returns `[…, m, n]`
 * @throws {@link ShapeError} for a rank below 2, inner dimensions that differ, or leading axes that do not broadcast
 * @example
 * matmulShape('matmul', [8, 2, 3], [3, 4], { transposeA: false, transposeB: false }) // [8, 2, 4]
 */
export function matmulShape(op: string, a: Shape, b: Shape, attrs: KernelAttrs['matmul']): Shape {
  const context = () =>
    `a ${formatShape(a)}${attrs.transposeA ? ' transposed' : ''}, b ${formatShape(b)}${attrs.transposeB ? ' transposed' : ''}`;
  if (a.length < 2 || b.length < 2) {
    throw new ShapeError(op, `operands must have at least 2 axes, got ${a.length} and ${b.length} (${context()})`);
  }
  const [rowsA, columnsA] = attrs.transposeA ? [a.at(-1)!, a.at(-2)!] : [a.at(-2)!, a.at(-1)!];
  const [rowsB, columnsB] = attrs.transposeB ? [b.at(-1)!, b.at(-2)!] : [b.at(-2)!, b.at(-1)!];
  if (columnsA !== rowsB) {
    throw new ShapeError(op, `inner dimensions must match, got ${columnsA} and ${rowsB} (${context()})`);
  }
  return [...broadcastShapes(op, a.slice(0, -2), b.slice(0, -2), context), rowsA, columnsB];
}
