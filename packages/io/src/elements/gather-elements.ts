import { type Shape, sizeOf } from '@dl/kernels';

/** Where the elements of an array lie among others: an offset and strides, both in elements, that must stay inside. */
export interface Layout {
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

/**
 * The elements of a strided array, row-major, in memory of their own.
 *
 * @param width - bytes of an element
 */
export function gatherElements(bytes: Uint8Array, width: number, { shape, strides, offset }: Layout): ArrayBuffer {
  const out = new Uint8Array(sizeOf(shape) * width);
  if (out.length === 0) return out.buffer;
  if (isRowMajor(shape, strides)) {
    out.set(bytes.subarray(offset * width, offset * width + out.length));
    return out.buffer;
  }
  const index = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let to = 0; to < out.length; to += width) {
    for (let byte = 0; byte < width; byte++) out[to + byte] = bytes[from * width + byte];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= shape[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return out.buffer;
}

/** An axis of one element never steps, so its stride says nothing. */
function isRowMajor(shape: Shape, strides: readonly number[]): boolean {
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== stride) return false;
    stride *= shape[axis];
  }
  return true;
}
