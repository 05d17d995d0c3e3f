import { ArgumentError, DTypeError, formatShape, type Shape, ShapeError, sameShape, sizeOf } from '@dl/kernels';
import { constant } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';

/** A factor and a summand for what has been normalised. */
export interface AffineOptions {
  /** What the normalised values are multiplied by. Default 1. */
  readonly weight?: Tensor | undefined;
  /** What is added after that. Default 0. */
  readonly bias?: Tensor | undefined;
  /** Added to the variance, so that its root is not 0. Default 1e-5. */
  readonly eps?: number | undefined;
}

/**
 * Refuses an `eps` that is negative or no number.
 *
 * @throws {@link ArgumentError}
 */
export function checkEps(op: string, eps: number): void {
  if (!(eps >= 0 && eps < Infinity)) throw new ArgumentError(op, `eps must be a number ≥ 0, got ${eps}`);
}

/**
 * One of the vectors beside `x`, or a constant where none is given.
 *
 * @throws {@link ShapeError} unless it has `shape`
 * @throws {@link DTypeError} unless it has the dtype of `x`
 */
export function vectorFor(
  op: string,
  name: string,
  x: Tensor,
  given: Tensor | undefined,
  shape: Shape,
  otherwise: number,
): Tensor {
  if (given === undefined) return constant(x.backend, [sizeOf(shape)], x.dtype, otherwise);
  if (!sameShape(given.shape, shape)) {
    throw new ShapeError(
      op,
      `${name} must be ${formatShape(shape)}, got ${formatShape(given.shape)} (x ${formatShape(x.shape)})`,
    );
  }
  if (given.dtype !== x.dtype) {
    throw new DTypeError(op, `${name} must have the dtype of x, got ${given.dtype} and ${x.dtype}: convert it with cast()`);
  }
  return given;
}

/**
 * Refuses axes that are not the last ones of `x`.
 *
 * @throws {@link ShapeError}
 */
export function checkLastAxes(op: string, x: Tensor, normalizedShape: Shape): void {
  const lead = x.rank - normalizedShape.length;
  if (normalizedShape.length === 0 || lead < 0 || !sameShape(x.shape.slice(lead), normalizedShape)) {
    throw new ShapeError(op, `x must end in the normalised shape ${formatShape(normalizedShape)}, got ${formatShape(x.shape)}`);
  }
}

/**
 * `[n, c, ...]` as `[n, c, l]`.
 *
 * @throws {@link ShapeError} for fewer than two axes
 */
export function asPlanes(op: string, x: Tensor): Shape {
  if (x.rank < 2) throw new ShapeError(op, `x must be [n, c, ...], got ${formatShape(x.shape)}`);
  const [n, c, ...rest] = x.shape;
  return [n, c, sizeOf(rest)];
}
