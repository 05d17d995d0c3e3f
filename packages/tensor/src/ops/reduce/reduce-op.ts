import type { ReduceFn, Shape } from '@dl/kernels';
import { normalizeAxes } from '@dl/kernels';

/** Options of a reduction. */
export interface ReduceOptions {
  /** Whether the reduced axes stay, with extent 1. Default `false`. */
  readonly keepDims?: boolean | undefined;
}

/** Attributes of a reduction: ascending axes counted from the front. */
export interface ReduceAttrs {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** One axis, several, or all of them (undefined). */
export type Axes = number | readonly number[] | undefined;

/** Normalised attributes of a reduction of a tensor of `rank`. */
export function reduceAttrs(fn: ReduceFn | string, axes: Axes, options: ReduceOptions, rank: number): ReduceAttrs {
  return { axes: normalizeAxes(fn, axes, rank), keepDims: options.keepDims ?? false };
}

/** `shape` with the reduced axes as 1. */
export function keptShape(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
}
