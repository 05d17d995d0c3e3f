import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { div } from '../arithmetic/div.ts';
import { clamp } from '../elementwise/clamp.ts';
import { norm } from '../reduce/norm.ts';
import { checkEps } from './norm-inputs.ts';

/** Options of {@link normalize}. */
export interface NormalizeOptions {
  /** Which norm becomes 1: 1, 2 (default) or `Infinity`. */
  readonly p?: number | undefined;
  /** Of the vectors; negative ones count from the end. Default 1. */
  readonly axis?: number | undefined;
  /** The least divisor: shorter vectors stay short. Default 1e-12. */
  readonly eps?: number | undefined;
}

/**
 * Vectors brought to norm 1, $y = x / \max(\lVert x \rVert_p, \varepsilon)$: onto the unit sphere, with the Euclidean norm.
 *
 * @param x - any shape with the axis, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ShapeError} for an axis out of range
 * @throws {@link ArgumentError} for another `p`, or a negative `eps`
 * @example
 * await normalize(tensor([[3, 4], [0, 0]])).array() // [[0.6, 0.8], [0, 0]]
 */
export function normalize(x: Tensor, { p = 2, axis = 1, eps = 1e-12 }: NormalizeOptions = {}): Tensor {
  checkFloat('normalize', x.dtype);
  checkEps('normalize', eps);
  return div(x, clamp(norm(x, axis, { p, keepDims: true }), { min: eps }));
}
