import { createTypedArray, type TypedArray } from '../dtype.ts';
import { broadcastStrides, type Shape, sameShape } from '../shape.ts';
import { offsetsOf, type View } from './view.ts';

/** The elements of `x` broadcast to `shape`: its own where nothing stretches. */
export function stretched(x: View, shape: Shape): TypedArray {
  if (sameShape(x.shape, shape)) return x.data;
  const offsets = offsetsOf(shape, broadcastStrides(x.shape, shape), 0);
  const values = createTypedArray(x.dtype, offsets.length);
  for (let i = 0; i < values.length; i++) values[i] = x.data[offsets[i]];
  return values;
}
