import type { Tensor } from '../../core/tensor.ts';
import { argExtremeOp, indexOfExtreme } from './arg-extreme-op.ts';
import type { ReduceOptions } from './reduce-op.ts';

const argMinOp = argExtremeOp('argMin', 'min');

/**
 * Index of the least element; the first one of several, and the first NaN if there is one.
 *
 * @param x - any shape
 * @param axis - default: over all elements, counted in row-major order
 * @returns int32; `x` without the axis, or with extent 1 there if `keepDims`
 * @throws {@link ShapeError} for an axis out of range or without elements
 * @example
 * await argMin(tensor([[1, 9], [5, 2]]), 1).data() // Int32Array [0, 1]
 * await argMin(tensor([[1, 9], [5, 2]])).item() // 0
 */
export function argMin(x: Tensor, axis?: number, options: ReduceOptions = {}): Tensor {
  return indexOfExtreme(argMinOp, x, axis, options);
}
