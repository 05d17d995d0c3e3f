import type { Shape } from '@dl/kernels';

/** A loop nest over elements: extents, outermost first, and for each operand a stride along each. */
export interface Box {
  readonly extents: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** The same elements in as few loops as possible: axes of extent 1 go, neighbours that every operand walks as one become one. */
export function collapse(shape: Shape, strides: readonly (readonly number[])[]): Box {
  const extents: number[] = [];
  const collapsed: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] === 1) continue;
    const last = extents.length - 1;
    if (last >= 0 && collapsed.every((own, i) => own[last] === strides[i][axis] * shape[axis])) {
      extents[last] *= shape[axis];
      for (const [i, own] of collapsed.entries()) own[last] = strides[i][axis];
    } else {
      extents.push(shape[axis]);
      for (const [i, own] of collapsed.entries()) own.push(strides[i][axis]);
    }
  }
  if (extents.length === 0) return { extents: [1], strides: strides.map(() => [0]) };
  return { extents, strides: collapsed };
}
