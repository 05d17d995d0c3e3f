import { createTypedArray, type DType, type TypedArray } from '@dl/kernels';

/** The greatest int32, which as float32 is one more. */
const greatest = 2 ** 31 - 1;

/** Elements as the device holds them. */
export function toFloats(data: TypedArray): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data);
}

/** Elements of `dtype` from what the device holds. */
export function fromFloats(floats: Float32Array, dtype: DType): TypedArray {
  if (dtype === 'float32') return floats;
  const data = createTypedArray(dtype, floats.length);
  for (let i = 0; i < floats.length; i++) data[i] = Math.min(floats[i], greatest);
  return data;
}

/** Whether the device would change some element: an int32 of more than 24 bits. */
export function isInexact(data: TypedArray): boolean {
  return data instanceof Int32Array && data.some((value) => Math.fround(value) !== value);
}
