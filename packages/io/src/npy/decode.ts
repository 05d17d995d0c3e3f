import { type HostTensor, stridesOf } from '@dl/kernels';
import { elementTypes } from '../elements/element-types.ts';
import { gatherElements } from '../elements/gather-elements.ts';
import { swapBytes } from '../elements/swap-bytes.ts';
import { parseNpyHeader } from './header.ts';

/**
 * Reads an array in NumPy's npy format, as `np.save` writes it: versions 1.0 to 3.0, little and big endian, C and Fortran order. The
 * result is row-major in any case.
 *
 * `float64`, `float32`, `int32`, `uint8` and `bool` are read as they are, `float16` as float32, the other integers as int32:
 * `uint32`, `int64` and `uint64` where every value fits. Objects (pickled Python), structured arrays, text, dates and complex
 * numbers are refused.
 *
 * @param bytes - a whole file; the array shares no memory with it
 * @throws {@link FormatError} when the header is not one of npy, or promises other than the bytes that follow; no memory is taken before
 * @example
 * const file = encodeNpy({ shape: [2, 1], dtype: 'int32', data: new Int32Array([5, 6]) });
 * const { shape, data } = decodeNpy(file);
 * shape // [2, 1]
 * data // Int32Array [5, 6]
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function decodeNpy(bytes: Uint8Array): HostTensor {
  return decodeArray('decodeNpy', 'array', bytes);
}

/** {@link decodeNpy} for another `op`; `place` names the array in errors about its elements. */
export function decodeArray(op: string, place: string, bytes: Uint8Array): HostTensor {
  const { type, bigEndian, fortranOrder, shape, end } = parseNpyHeader(op, bytes);
  const { bytes: width, dtype, decode } = elementTypes[type];
  const strides = fortranOrder ? stridesOf(shape.toReversed()).reverse() : stridesOf(shape);
  const buffer = gatherElements(bytes.subarray(end), width, { shape, strides, offset: 0 });
  if (bigEndian) swapBytes(buffer, width);
  return { shape, dtype, data: decode(buffer, op, place) };
}
