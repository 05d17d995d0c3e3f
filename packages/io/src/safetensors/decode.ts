import type { HostTensor } from '@dl/kernels';
import { elementTypes } from '../elements/element-types.ts';
import { headerEnd, parseHeader } from './header.ts';

const op = 'decodeSafetensors';

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
 * F32, I32, U8 and BOOL are read as they are, F16 and BF16 as float32, the other integers (I8, I16, U16, and where every value
 * fits U32, I64, U64) as int32.
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
  const begin = headerEnd(op, bytes.subarray(0, 8), bytes.length);
  const data = bytes.subarray(begin);
  const header = parseHeader(op, bytes.subarray(8, begin), data.length);
  const tensors = new Map<string, HostTensor>();
  for (const { name, type, shape, begin, end } of header.tensors) {
    const copy = new Uint8Array(end - begin);
    copy.set(data.subarray(begin, end));
    const { dtype, decode } = elementTypes[type];
    tensors.set(name, { shape, dtype, data: decode(copy.buffer, op, `tensor '${name}'`) });
  }
  return { tensors, metadata: header.metadata };
}
