import { ShapeError } from '../errors.ts';
import { formatShape, normalizeAxis, type Shape } from '../shape.ts';

/**
 * Shape of a gather: the index's. `index` has x's shape but along `axis`.
 *
 * @param op - the op that asks, for messages
 * @param axis - may count from the back
 * @throws {@link ShapeError} where ranks or other extents differ, or there is no such axis
 * @example
 * gatherShape('gather', [4, 3], [2, 3], 0) // [2, 3]
 */
export function gatherShape(op: string, x: Shape, index: Shape, axis: number): Shape {
  const along = normalizeAxis(op, axis, x.length);
  const fits = index.length === x.length && index.every((extent, at) => at === along || extent === x[at]);
  if (!fits) {
    throw new ShapeError(
      op,
      `index must have x's shape but along axis ${along}, got ${formatShape(index)} (x ${formatShape(x)})`,
    );
  }
  return index;
}

/**
 * Shape of a selection of slices: x's, with the index's extent along `axis`.
 *
 * @param op - the op that asks, for messages
 * @param index - `[m]`
 * @param axis - may count from the back
 * @throws {@link ShapeError} for an index that has not one axis, or no such axis of x
 * @example
 * indexSelectShape('indexSelect', [4, 3], [7], 0) // [7, 3]
 */
export function indexSelectShape(op: string, x: Shape, index: Shape, axis: number): Shape {
  const along = normalizeAxis(op, axis, x.length);
  if (index.length !== 1) {
    throw new ShapeError(op, `index must have 1 axis, got ${index.length} (index ${formatShape(index)})`);
  }
  return x.map((extent, at) => (at === along ? index[0] : extent));
}
