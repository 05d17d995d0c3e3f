import { ArgumentError, normalizeAxis } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from './reshape.ts';
import { scatterSteps } from './slice-op.ts';

/**
 * Matrices with the last axis of `x` on a diagonal and zeros elsewhere: the adjoint of {@link diagonal}.
 *
 * @param x - `[..., n]`
 * @param offset - 0 is the main diagonal, positive ones lie above it, negative ones below
 * @returns `[..., m, m]` with $m = n + |\text{offset}|$
 * @throws {@link ShapeError} for a scalar
 * @throws {@link ArgumentError} for an offset that is no integer
 * @example
 * await diagEmbed(tensor([1, 2])).array() // [[1, 0], [0, 2]]
 */
export function diagEmbed(x: Tensor, offset = 0): Tensor {
  if (!Number.isInteger(offset)) throw new ArgumentError('diagEmbed', `offset must be an integer, got ${offset}`);
  const last = normalizeAxis('diagEmbed', -1, x.rank);
  const lead = x.shape.slice(0, last);
  const size = x.shape[last] + Math.abs(offset);
  const start = offset >= 0 ? offset : -offset * size;
  const before = x.shape.map((_, axis) => (axis === last ? start : 0));
  const step = x.shape.map((_, axis) => (axis === last ? size + 1 : 1));
  return reshape(scatterSteps(x, before, step, [...lead, size * size]), [...lead, size, size]);
}
