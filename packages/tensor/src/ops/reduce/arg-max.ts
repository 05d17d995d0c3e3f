import type { Tensor } from '../../core/tensor.ts';
import { argExtremeOp, indexOfExtreme } from './arg-extreme-op.ts';
import type { ReduceOptions } from './reduce-op.ts';

const argMaxOp = argExtremeOp('argMax', 'max');

/**
 * Index of the greatest element; the first one of several, and the first NaN if there is one.
 *
 * @param x - any shape
 * @param axis - default: over all elements, counted in row-major order
 * @returns int32; `x` without the axis, or with extent 1 there if `keepDims`
 * @throws {@link ShapeError} for an axis out of range or without elements
 * @example
 * await argMax(tensor([[1, 9], [5, 2]]), 1).data() // Int32Array [1, 0]
 * await argMax(tensor([[1, 9], [5, 2]])).item() // 1
 */
export function argMax(x: Tensor, axis?: number, options: ReduceOptions = {}): Tensor {
  return indexOfExtreme(argMaxOp, x, axis, options);
}
