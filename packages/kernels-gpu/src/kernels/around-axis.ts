import { type Shape, sizeOf } from '@dl/kernels';

/** `shape` as three extents: before `axis`, along it, after it. */
export function aroundAxis(shape: Shape, axis: number): [outer: number, extent: number, inner: number] {
  return [sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1))];
}
