import { normalizeAxes, type ReduceFn, type Shape } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from '../layout/reshape.ts';

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

/** `reduced`, whose reduced axes have extent 1, without them, unless the options keep them. */
export function dropAxes(reduced: Tensor, axes: readonly number[], { keepDims = false }: ReduceOptions): Tensor {
  if (keepDims) return reduced;
  return reshape(
    reduced,
    reduced.shape.filter((_, axis) => !axes.includes(axis)),
  );
}

/** How many elements each result of a reduction is made from. */
export function countReduced(shape: Shape, axes: readonly number[]): number {
  return axes.reduce((count, axis) => count * shape[axis], 1);
}
