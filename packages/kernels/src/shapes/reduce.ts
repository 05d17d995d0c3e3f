import type { Shape } from '../shape.ts';

/**
 * Shape of a reduction.
 *
 * @param shape - of the input
 * @param axes - normal axes, see {@link normalizeAxes}
 * @param keepDims - whether reduced axes stay, with extent 1
 * @example
 * reduceShape([2, 3, 4], [1], false) // [2, 4]
 * reduceShape([2, 3, 4], [1], true) // [2, 1, 4]
 */
export function reduceShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  if (keepDims) return shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return shape.filter((_, axis) => !axes.includes(axis));
}
