import { type DType, type HostTensor, ShapeError } from '@dl/kernels';
import { checkHostTensor } from '../elements/check-host-tensor.ts';
import { npyMagic } from './header.ts';
import { maxRank } from './header-fields.ts';

/** Magic, version and header length. */
const begin = 10;

const descriptions: { readonly [D in DType]: string } = {
  float64: '<f8',
  float32: '<f4',
  int32: '<i4',
  uint8: '|u1',
  bool: '|b1',
};

/**
 * Writes an array in NumPy's npy format, the very bytes that `np.save` writes: little-endian, row-major, version 1.0.
 *
 * @returns the whole file
 * @throws {@link ShapeError} when the data has not the length of the shape, or there are more than 64 axes
 * @throws {@link DTypeError} when the array is not of its dtype
 * @throws {@link ArgumentError} for a bool other than 0 and 1
 * @example
 * encodeNpy({ shape: [2], dtype: 'float32', data: new Float32Array([1, 2]) }).length // 136
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function encodeNpy(array: HostTensor): Uint8Array<ArrayBuffer> {
  return encodeArray('encodeNpy', 'array', array);
}

/** {@link encodeNpy} for another `op`; `place` names the array in errors. */
export function encodeArray(op: string, place: string, array: HostTensor): Uint8Array<ArrayBuffer> {
  checkHostTensor(op, place, array);
  const { shape, dtype, data } = array;
  if (shape.length > maxRank) throw new ShapeError(op, `arrays have at most ${maxRank} axes, got ${shape.length} (${place})`);
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const fields = `{'descr': '${descriptions[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // NumPy keeps room for the first axis to grow in place, and at least a space before the elements, which are aligned to 64 bytes.
  const room = shape.length === 0 ? 0 : 21 - `${shape[0]}`.length;
  const end = (Math.floor((begin + fields.length + room + 1) / 64) + 1) * 64;
  const file = new Uint8Array(end + data.byteLength);
  file.set([...npyMagic, 1, 0]);
  new DataView(file.buffer).setUint16(8, end - begin, true);
  file.set(new TextEncoder().encode(`${fields.padEnd(end - begin - 1)}\n`), begin);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end);
  return file;
}
