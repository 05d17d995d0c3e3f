import { ArgumentError, formatShape, type Shape, ShapeError, sameShape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { checkCount } from './check-count.ts';

/**
 * The last extents of what a layer normalises; one number stands for the last axis alone.
 *
 * @throws {@link ArgumentError} unless they are positive integers, at least one
 */
export function normalizedShapeOf(op: string, normalizedShape: number | Shape): Shape {
  const shape = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
  if (shape.length === 0) throw new ArgumentError(op, 'normalizedShape must have at least one axis, got []');
  for (const extent of shape) checkCount(op, 'normalizedShape', extent);
  return shape;
}

/**
 * Refuses an input that ends otherwise.
 *
 * @throws {@link ShapeError}
 */
export function checkEnd(op: string, x: Tensor, shape: Shape): void {
  if (x.rank < shape.length || !sameShape(x.shape.slice(x.rank - shape.length), shape)) {
    throw new ShapeError(op, `x must end with ${formatShape(shape)}, got ${formatShape(x.shape)}`);
  }
}
