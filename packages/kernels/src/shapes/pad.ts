import type { Pair } from '../attrs.ts';
import { ArgumentError, ShapeError } from '../errors.ts';
import { formatShape, type Shape } from '../shape.ts';

/**
 * Shape of a padded tensor.
 *
 * @param op - the op that asks, for messages
 * @param x - of the input
 * @param pads - a pair for each axis: how much before, how much after
 * @throws {@link ArgumentError} for a pad that is not a non-negative integer
 * @throws {@link ShapeError} for another number of pairs than axes
 * @example
 * padShape('pad', [2, 3], [[0, 0], [1, 2]]) // [2, 6]
 */
export function padShape(op: string, x: Shape, pads: readonly Pair[]): Shape {
  if (pads.length !== x.length) {
    throw new ShapeError(
      op,
      `pads must be one pair an axis, got ${pads.length} pairs and ${x.length} axes (x ${formatShape(x)})`,
    );
  }
  return x.map((extent, axis) => {
    const [before, after] = pads[axis];
    if (!Number.isInteger(before) || !Number.isInteger(after) || before < 0 || after < 0) {
      throw new ArgumentError(op, `pads must be non-negative integers, got ${before} and ${after} at axis ${axis}`);
    }
    return before + extent + after;
  });
}
