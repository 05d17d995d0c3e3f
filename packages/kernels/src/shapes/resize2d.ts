import type { Pair } from '../attrs.ts';
import { ShapeError } from '../errors.ts';
import { formatShape, type Shape } from '../shape.ts';
import { checkPair, checkRank } from './check.ts';

/**
 * Shape of a resampled image.
 *
 * @param op - the op that asks, for messages
 * @param x - `[n, c, h, w]`
 * @param size - height and width wanted
 * @returns `[n, c, ...size]`
 * @throws {@link ArgumentError} for a size that is not two positive integers
 * @throws {@link ShapeError} for another rank, or an image without pixels
 * @example
 * resize2dShape('resize2d', [1, 3, 8, 8], [16, 4]) // [1, 3, 16, 4]
 */
export function resize2dShape(op: string, x: Shape, size: Pair): Shape {
  checkRank(op, 'x', x, 4, '[n, c, h, w]');
  checkPair(op, 'size', size, 1);
  if (x[2] < 1 || x[3] < 1) throw new ShapeError(op, `image must have pixels, got ${x[2]} by ${x[3]} (x ${formatShape(x)})`);
  return [x[0], x[1], size[0], size[1]];
}
