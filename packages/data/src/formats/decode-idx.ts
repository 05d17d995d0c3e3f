import { createTypedArray, type DType, FormatError, formatShape, type HostTensor } from '@dl/kernels';

interface ElementType {
  readonly bytes: number;
  readonly dtype: DType;
  read(view: DataView, offset: number): number;
}

const elementTypes: ReadonlyMap<number, ElementType> = new Map<number, ElementType>([
  [0x08, { bytes: 1, dtype: 'uint8', read: (view, offset) => view.getUint8(offset) }],
  [0x09, { bytes: 1, dtype: 'int32', read: (view, offset) => view.getInt8(offset) }],
  [0x0b, { bytes: 2, dtype: 'int32', read: (view, offset) => view.getInt16(offset) }],
  [0x0c, { bytes: 4, dtype: 'int32', read: (view, offset) => view.getInt32(offset) }],
  [0x0d, { bytes: 4, dtype: 'float32', read: (view, offset) => view.getFloat32(offset) }],
  [0x0e, { bytes: 8, dtype: 'float64', read: (view, offset) => view.getFloat64(offset) }],
]);

const op = 'decodeIdx';

/**
 * Reads an IDX file, MNIST's format: two zero bytes, a type byte, the rank, big-endian extents, then big-endian elements.
 * Bytes give uint8, the other integers int32, floats their own dtype.
 *
 * @param bytes - a whole file, not compressed: see {@link gunzip}
 * @throws {@link FormatError} when the magic number is wrong, or the length is not what the extents promise; no memory is taken before
 * @example
 * const { shape, data } = decodeIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 7, 9]));
 * shape // [2]
 * data // Uint8Array [7, 9]
 * @see http://yann.lecun.com/exdb/mnist
 */
export function decodeIdx(bytes: Uint8Array): HostTensor {
  if (bytes.length < 4) throw new FormatError(op, `a file has at least 4 bytes, got ${bytes.length} (truncated? fetch it again)`);
  const [zero0, zero1, typeByte, rank] = bytes;
  const type = elementTypes.get(typeByte);
  if (zero0 !== 0 || zero1 !== 0 || type === undefined) throw new FormatError(op, wrongMagic(bytes));
  const headerBytes = 4 + 4 * rank;
  if (bytes.length < headerBytes) {
    throw new FormatError(
      op,
      `a header of ${rank} extents has ${headerBytes} bytes, got ${bytes.length} (truncated? fetch it again)`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  // Each extent is below 2^32 and rank may be 255: a product beyond the safe integers is inexact, but never equal to a length.
  const expected = shape.reduce((size, extent) => size * extent, type.bytes);
  const got = bytes.length - headerBytes;
  if (got !== expected) {
    const advice = got < expected ? 'truncated? fetch it again' : 'trailing bytes: not an IDX file, or two of them';
    throw new FormatError(op, `elements of ${formatShape(shape)} take ${expected} bytes, got ${got} (${advice})`);
  }
  return { shape, dtype: type.dtype, data: readElements(view, headerBytes, got / type.bytes, type) };
}

function readElements(view: DataView, from: number, length: number, type: ElementType): HostTensor['data'] {
  if (type.dtype === 'uint8') return new Uint8Array(view.buffer.slice(view.byteOffset + from, view.byteOffset + from + length));
  const data = createTypedArray(type.dtype, length);
  for (let i = 0; i < length; i++) data[i] = type.read(view, from + i * type.bytes);
  return data;
}

function wrongMagic(bytes: Uint8Array): string {
  const hex = (list: Iterable<number>): string => Array.from(list, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const advice = bytes[0] === 0x1f && bytes[1] === 0x8b ? 'a gzip file: gunzip it first' : 'not an IDX file';
  return `the first bytes must be 00 00 and a type of ${hex(elementTypes.keys())}, got ${hex(bytes.subarray(0, 3))} (${advice})`;
}
