import { ArgumentError, createTypedArray, type DType, isFloat, sizeOf } from '@dl/kernels';
import type { Data, NdArray } from 'ndarray';
import { type TensorOptions, tensor } from './create.ts';
import type { Tensor } from './tensor.ts';

/** Options of {@link fromNdarray}. */
export interface FromNdarrayOptions extends Omit<TensorOptions, 'shape'> {}

/** How the element types of ndarrays arrive; those that no dtype holds exactly are missing. */
const dtypes: Readonly<Record<string, DType>> = {
  float32: 'float32',
  float64: 'float32',
  int8: 'int32',
  int16: 'int32',
  int32: 'int32',
  uint8: 'uint8',
  uint8_clamped: 'uint8',
  uint16: 'int32',
  array: 'float32',
  buffer: 'uint8',
  generic: 'float32',
};

/**
 * A tensor from an ndarray: the elements that the view shows, whatever its strides and offset, in row-major order.
 *
 * @param array - any ndarray of numbers: typed, generic, or over an object with `get` and `set`
 * @param options - dtype, by default as {@link tensor} chooses for the array behind it; backend
 * @throws {@link ArgumentError} for 64-bit and unsigned 32-bit integers without a `dtype`
 * @example
 * import ndarray from 'ndarray';
 * const grid = ndarray(new Float32Array([1, 2, 3, 4, 5, 6]), [2, 3]);
 * await fromNdarray(grid.transpose(1, 0)).array() // [[1, 4], [2, 5], [3, 6]]
 */
export function fromNdarray(array: NdArray<Data>, options: FromNdarrayOptions = {}): Tensor {
  const dtype = options.dtype ?? dtypes[array.dtype];
  if (dtype === undefined) {
    throw new ArgumentError('fromNdarray', `dtype must be given for elements that no dtype holds exactly, got ${array.dtype}`);
  }
  const { data, shape, stride } = array;
  const read = readerOf(data);
  const values = createTypedArray(isFloat(dtype) ? dtype : 'float64', sizeOf(shape));
  const index = shape.map(() => 0);
  let at = array.offset;
  for (let i = 0; i < values.length; i++) {
    values[i] = read(at);
    at += advance(index, shape, stride);
  }
  return tensor(values, { shape: [...shape], dtype, backend: options.backend });
}

function readerOf(data: Data): (at: number) => number {
  if ('get' in data) return (at) => data.get(at);
  return (at) => Number(data[at]);
}

/** Goes on to the next position in row-major order, and says how far away it is stored. */
function advance(index: number[], shape: readonly number[], stride: readonly number[]): number {
  let distance = 0;
  for (let axis = index.length - 1; axis >= 0; axis--) {
    distance += stride[axis];
    if (++index[axis] < shape[axis]) return distance;
    distance -= shape[axis] * stride[axis];
    index[axis] = 0;
  }
  return distance;
}
