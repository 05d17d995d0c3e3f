import type { Shape } from '@dl/kernels';

/**
 * A loop nest over several strided views, as short as it can be: axes of extent 1 are dropped and axes that all views step
 * through as one are merged. Views have one stride an axis, in elements.
 */
export interface Box {
  readonly extents: number[];
  readonly strides: readonly number[][];
}

/** The loop nest over `shape` for views with `strides`; it has one axis at least. */
export function collapse(shape: Shape, strides: readonly (readonly number[])[]): Box {
  const extents: number[] = [];
  const merged: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const extent = shape[axis];
    if (extent === 1) continue;
    const last = extents.length - 1;
    if (last >= 0 && strides.every((view, v) => merged[v][last] === view[axis] * extent)) {
      extents[last] *= extent;
      for (let v = 0; v < strides.length; v++) merged[v][last] = strides[v][axis];
    } else {
      extents.push(extent);
      for (let v = 0; v < strides.length; v++) merged[v].push(strides[v][axis]);
    }
  }
  if (extents.length === 0) {
    extents.push(1);
    for (const view of merged) view.push(0);
  }
  return { extents, strides: merged };
}

/** Writes extents, then the strides of each view, where the kernels look for them. Returns the number of axes. */
export function writeBox(params: Int32Array, box: Box): number {
  const rank = box.extents.length;
  params.set(box.extents, 0);
  for (let v = 0; v < box.strides.length; v++) params.set(box.strides[v], (v + 1) * rank);
  return rank;
}

/** `shape` as `[before axis, axis, after axis]`. */
export function aroundAxis(shape: Shape, axis: number): readonly [outer: number, extent: number, inner: number] {
  let outer = 1;
  let inner = 1;
  for (let i = 0; i < axis; i++) outer *= shape[i];
  for (let i = axis + 1; i < shape.length; i++) inner *= shape[i];
  return [outer, shape[axis], inner];
}
