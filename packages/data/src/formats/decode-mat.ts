import { FormatError } from '@dl/kernels';
import { inflate } from './inflate.ts';

/** A matrix of bytes, column by column. */
export interface ByteMatrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly data: Uint8Array;
}

interface Element {
  readonly type: number;
  readonly data: Uint8Array<ArrayBuffer>;
  readonly end: number;
}

const headerBytes = 128;
const uint8 = 2;
const matrix = 14;
const compressed = 15;

/**
 * Reads the first variable of a MATLAB 5 file, which has to be a matrix of bytes.
 *
 * @throws FormatError when it is another file, truncated, corrupt, or a matrix of other numbers
 * @see https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
 */
export async function decodeMat(op: string, file: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<ByteMatrix> {
  const order = String.fromCharCode(...file.subarray(126, headerBytes));
  if (order !== 'IM' && order !== 'MI')
    throw new FormatError(op, `a MATLAB 5 file has a header of 128 bytes, got ${file.length} bytes of another file`);
  const isLittle = order === 'IM';
  let variable = readElement(op, file, headerBytes, isLittle);
  if (variable.type === compressed) {
    const rule = { format: 'deflate', what: 'a sound MATLAB variable', maxBytes } as const;
    variable = readElement(op, await inflate(op, variable.data, rule), 0, isLittle);
  }
  const { type, data } = variable;
  if (type !== matrix) throw new FormatError(op, `the first variable must be a matrix (14), got type ${type}`);
  const flags = readElement(op, data, 0, isLittle);
  const extents = readElement(op, data, flags.end, isLittle);
  const name = readElement(op, data, extents.end, isLittle);
  const values = readElement(op, data, name.end, isLittle);
  if (extents.data.length !== 8)
    throw new FormatError(op, `a matrix must have 2 extents of 4 bytes, got ${extents.data.length} bytes`);
  const view = new DataView(extents.data.buffer, extents.data.byteOffset, 8);
  const [rows, columns] = [view.getInt32(0, isLittle), view.getInt32(4, isLittle)];
  if (values.type !== uint8 || values.data.length !== rows * columns) {
    throw new FormatError(
      op,
      `a matrix must have a byte (type 2) for each of ${rows} x ${columns}, got ${values.data.length} bytes of type ${values.type}`,
    );
  }
  return { name: String.fromCharCode(...name.data), rows, columns, data: values.data };
}

/** A tag of 8 bytes and its data, padded to 8; up to 4 bytes of data may be in the tag. */
function readElement(op: string, bytes: Uint8Array<ArrayBuffer>, at: number, isLittle: boolean): Element {
  const truncated = (end: number): FormatError =>
    new FormatError(op, `the elements of a MATLAB file must lie in it, got an end at ${end} of ${bytes.length} (truncated?)`);
  if (at + 8 > bytes.length) throw truncated(at + 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = view.getUint32(at, isLittle);
  const short = word >>> 16;
  const length = short || view.getUint32(at + 4, isLittle);
  const begin = at + (short ? 4 : 8);
  if (begin + length > bytes.length || short > 4) throw truncated(begin + length);
  const end = short ? at + 8 : begin + 8 * Math.ceil(length / 8);
  return { type: word & 0xffff, data: bytes.subarray(begin, begin + length), end };
}
