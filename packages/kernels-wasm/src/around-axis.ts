import type { Shape } from '@dl/kernels';

/** `shape` as `[before axis, axis, after axis]`. */
export function aroundAxis(shape: Shape, axis: number): readonly [outer: number, extent: number, inner: number] {
  let outer = 1;
  let inner = 1;
  for (let i = 0; i < axis; i++) outer *= shape[i];
  for (let i = axis + 1; i < shape.length; i++) inner *= shape[i];
  return [outer, shape[axis], inner];
}
