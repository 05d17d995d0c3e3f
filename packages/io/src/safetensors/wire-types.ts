import { type DType, FormatError, type TypedArray } from '@dl/kernels';
import { bfloat16ToFloat32, float16ToFloat32 } from './half.ts';

/** An element type of a safetensors file. */
export interface WireType {
  readonly bytes: number;
  /** What it is read as. */
  readonly dtype: DType;
  /** `buffer` holds little-endian elements of one tensor and nothing else, and may be kept. */
  decode(buffer: ArrayBuffer, op: string, name: string): TypedArray;
}

/** The element types that are read; a wider or narrower one is read as the nearest dtype that keeps its values. */
export const wireTypes: ReadonlyMap<string, WireType> = new Map<string, WireType>([
  ['F64', { bytes: 8, dtype: 'float64', decode: (buffer) => new Float64Array(buffer) }],
  ['F32', { bytes: 4, dtype: 'float32', decode: (buffer) => new Float32Array(buffer) }],
  ['F16', { bytes: 2, dtype: 'float32', decode: (buffer) => float16ToFloat32(new Uint16Array(buffer)) }],
  ['BF16', { bytes: 2, dtype: 'float32', decode: (buffer) => bfloat16ToFloat32(new Uint16Array(buffer)) }],
  ['I64', { bytes: 8, dtype: 'int32', decode: narrowInt64 }],
  ['I32', { bytes: 4, dtype: 'int32', decode: (buffer) => new Int32Array(buffer) }],
  ['U8', { bytes: 1, dtype: 'uint8', decode: (buffer) => new Uint8Array(buffer) }],
  ['BOOL', { bytes: 1, dtype: 'bool', decode: checkBooleans }],
]);

/** The name each dtype is written under, and its place in the file: the reference writer puts larger alignments first. */
export const wireNames: { readonly [D in DType]: { readonly name: string; readonly order: number } } = {
  float64: { name: 'F64', order: 0 },
  float32: { name: 'F32', order: 1 },
  int32: { name: 'I32', order: 2 },
  uint8: { name: 'U8', order: 3 },
  bool: { name: 'BOOL', order: 4 },
};

function narrowInt64(buffer: ArrayBuffer, op: string, name: string): Int32Array {
  const words = new Int32Array(buffer);
  const out = new Int32Array(words.length / 2);
  for (let i = 0; i < out.length; i++) {
    const low = words[2 * i];
    if (words[2 * i + 1] !== low >> 31) {
      const value = new BigInt64Array(buffer)[i];
      throw new FormatError(op, `I64 values are read as int32 and must fit it, got ${value} (tensor '${name}', element ${i})`);
    }
    out[i] = low;
  }
  return out;
}

function checkBooleans(buffer: ArrayBuffer, op: string, name: string): Uint8Array {
  const bytes = new Uint8Array(buffer);
  const bad = bytes.findIndex((byte) => byte > 1);
  if (bad >= 0) throw new FormatError(op, `BOOL bytes must be 0 or 1, got ${bytes[bad]} (tensor '${name}', element ${bad})`);
  return bytes;
}
