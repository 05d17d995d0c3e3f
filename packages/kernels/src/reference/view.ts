import ndarray from 'ndarray';
import type { KernelAttrs, KernelName } from '../attrs.ts';
import type { TensorSpec } from '../backend.ts';
import type { TypedArray } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';

/** Elements of a tensor, row-major. */
export interface View extends TensorSpec {
  readonly data: TypedArray;
}

/** Computes one kernel: fills `out`, which is zero, from `inputs`. */
export type Kernel<K extends KernelName> = (inputs: readonly View[], attrs: KernelAttrs[K], out: View) => void;

/** The row-major ndarray over `data` that has `shape`. */
export function rowMajor<D extends TypedArray>(data: D, shape: Shape): ndarray.NdArray<D> {
  return ndarray(data, [...shape]);
}

/** `data` as `[outer, extent, inner]`: the axes before `axis`, it, and those after it. */
export function alongAxis<D extends TypedArray>(data: D, shape: Shape, axis: number): ndarray.NdArray<D> {
  return ndarray(data, [sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1))]);
}

/** Where the elements of a strided view lie, in row-major order of `shape`: `base + Σ iₐ * stridesₐ`. */
export function offsetsOf(shape: Shape, strides: readonly number[], base: number): Int32Array {
  let offsets = Int32Array.of(base);
  for (let axis = 0; axis < shape.length; axis++) {
    const outer = offsets;
    offsets = new Int32Array(outer.length * shape[axis]);
    let at = 0;
    for (let o = 0; o < outer.length; o++) {
      for (let i = 0; i < shape[axis]; i++) offsets[at++] = outer[o] + i * strides[axis];
    }
  }
  return offsets;
}
