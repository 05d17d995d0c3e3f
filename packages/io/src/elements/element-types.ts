import { type DType, FormatError, type TypedArray } from '@dl/kernels';
import { bfloat16ToFloat32, float16ToFloat32 } from './half.ts';

/** An element type of a file; the names are those of safetensors. */
export type ElementName = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U64' | 'U32' | 'U16' | 'U8' | 'BOOL';

/** How elements of one type are read. */
export interface ElementType {
  readonly bytes: number;
  /** What it is read as: the dtype that keeps every value, or int32, which 64-bit integers and U32 have to fit. */
  readonly dtype: DType;
  /** `buffer` holds little-endian elements and nothing else, and may be kept. `place` names them in errors. */
  decode(buffer: ArrayBuffer, op: string, place: string): TypedArray;
}

/** Every element type that is read, by its name. */
export const elementTypes: { readonly [N in ElementName]: ElementType } = {
  F64: { bytes: 8, dtype: 'float64', decode: (buffer) => new Float64Array(buffer) },
  F32: { bytes: 4, dtype: 'float32', decode: (buffer) => new Float32Array(buffer) },
  F16: { bytes: 2, dtype: 'float32', decode: (buffer) => float16ToFloat32(new Uint16Array(buffer)) },
  BF16: { bytes: 2, dtype: 'float32', decode: (buffer) => bfloat16ToFloat32(new Uint16Array(buffer)) },
  I64: { bytes: 8, dtype: 'int32', decode: narrowInt64 },
  I32: { bytes: 4, dtype: 'int32', decode: (buffer) => new Int32Array(buffer) },
  I16: { bytes: 2, dtype: 'int32', decode: (buffer) => new Int32Array(new Int16Array(buffer)) },
  I8: { bytes: 1, dtype: 'int32', decode: (buffer) => new Int32Array(new Int8Array(buffer)) },
  U64: { bytes: 8, dtype: 'int32', decode: narrowUint64 },
  U32: { bytes: 4, dtype: 'int32', decode: narrowUint32 },
  U16: { bytes: 2, dtype: 'int32', decode: (buffer) => new Int32Array(new Uint16Array(buffer)) },
  U8: { bytes: 1, dtype: 'uint8', decode: (buffer) => new Uint8Array(buffer) },
  BOOL: { bytes: 1, dtype: 'bool', decode: checkBooleans },
};

/** Whether `name` is the name of an element type that is read. */
export function isElementName(name: unknown): name is ElementName {
  return typeof name === 'string' && Object.hasOwn(elementTypes, name);
}

function narrowInt64(buffer: ArrayBuffer, op: string, place: string): Int32Array {
  const words = new Int32Array(buffer);
  const out = new Int32Array(words.length / 2);
  for (let i = 0; i < out.length; i++) {
    const low = words[2 * i];
    if (words[2 * i + 1] !== low >> 31) throw tooWide(op, 'I64', new BigInt64Array(buffer)[i], place, i);
    out[i] = low;
  }
  return out;
}

function narrowUint64(buffer: ArrayBuffer, op: string, place: string): Int32Array {
  const words = new Int32Array(buffer);
  const out = new Int32Array(words.length / 2);
  for (let i = 0; i < out.length; i++) {
    const low = words[2 * i];
    if (words[2 * i + 1] !== 0 || low < 0) throw tooWide(op, 'U64', new BigUint64Array(buffer)[i], place, i);
    out[i] = low;
  }
  return out;
}

function narrowUint32(buffer: ArrayBuffer, op: string, place: string): Int32Array {
  const out = new Int32Array(buffer);
  const wide = out.findIndex((value) => value < 0);
  if (wide >= 0) throw tooWide(op, 'U32', new Uint32Array(buffer)[wide], place, wide);
  return out;
}

function tooWide(op: string, type: ElementName, value: bigint | number, place: string, index: number): FormatError {
  return new FormatError(op, `${type} values are read as int32 and must fit it, got ${value} (${place}, element ${index})`);
}

function checkBooleans(buffer: ArrayBuffer, op: string, place: string): Uint8Array {
  const bytes = new Uint8Array(buffer);
  const bad = bytes.findIndex((byte) => byte > 1);
  if (bad >= 0) throw new FormatError(op, `BOOL bytes must be 0 or 1, got ${bytes[bad]} (${place}, element ${bad})`);
  return bytes;
}
