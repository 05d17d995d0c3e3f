import { FormatError, type HostTensor } from '@dl/kernels';
import { parseHeader } from './header.ts';

const op = 'decodeSafetensors';

/** Also the limit of the reference reader. */
const maxHeaderBytes = 100_000_000;

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** By name, in the order of their data. */
  readonly tensors: Map<string, HostTensor>;
  /** The free text that came with them: format, training step, configuration. */
  readonly metadata: Record<string, string>;
}

/**
 * Reads a safetensors file: 8 bytes of header length, a JSON header, then the elements, little-endian and row-major.
 *
 * Every length in the file is checked before memory is taken for it, and the tensors share no memory with `bytes`. F64,
 * F32, I32, U8 and BOOL are read as they are, F16 and BF16 as float32, I64 as int32 where every value fits.
 *
 * @param bytes - a whole file
 * @throws {@link FormatError} when the file is truncated, has bytes left over, or its header lies: about lengths, offsets
 *   (holes and overlaps included), names given twice, an element type that is not read
 * @example
 * const bytes = encodeSafetensors(new Map([['bias', { shape: [2], dtype: 'float32', data: new Float32Array([1, 2]) }]]));
 * const { tensors } = decodeSafetensors(bytes);
 * tensors.get('bias')?.data // Float32Array [1, 2]
 * @see https://huggingface.co/docs/safetensors
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (bytes.length < 8) throw new FormatError(op, `a file has at least 8 bytes, got ${bytes.length} (truncated?)`);
  const declared = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  const left = bytes.length - 8;
  if (declared > maxHeaderBytes) {
    throw new FormatError(op, `header length must be at most ${maxHeaderBytes}, got ${declared} (not a safetensors file?)`);
  }
  if (declared > left)
    throw new FormatError(op, `header must fit the file, got a length of ${declared} and ${left} bytes (truncated?)`);
  const headerBytes = Number(declared);
  const data = bytes.subarray(8 + headerBytes);
  const header = parseHeader(op, bytes.subarray(8, 8 + headerBytes), data.length);
  const tensors = new Map<string, HostTensor>();
  for (const { name, type, shape, begin, end } of header.tensors) {
    const copy = new Uint8Array(end - begin);
    copy.set(data.subarray(begin, end));
    tensors.set(name, { shape, dtype: type.dtype, data: type.decode(copy.buffer, op, name) });
  }
  return { tensors, metadata: header.metadata };
}
