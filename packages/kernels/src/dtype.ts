/**
 * Element type of a tensor. `bool` is stored as bytes 0 and 1. `float64` exists on the reference backend only,
 * where gradients are checked.
 */
export type DType = 'float32' | 'float64' | 'int32' | 'uint8' | 'bool';

/** The array that holds elements of a {@link DType} on the host: `bool` shares `Uint8Array` with `uint8`. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

interface DTypeInfo {
  readonly bytes: number;
  /** Place in the promotion order: the higher of two wins. */
  readonly rank: number;
  readonly isFloat: boolean;
  create(length: number): TypedArray;
}

const table: { readonly [D in DType]: DTypeInfo } = {
  bool: { bytes: 1, rank: 0, isFloat: false, create: (n) => new Uint8Array(n) },
  uint8: { bytes: 1, rank: 1, isFloat: false, create: (n) => new Uint8Array(n) },
  int32: { bytes: 4, rank: 2, isFloat: false, create: (n) => new Int32Array(n) },
  float32: { bytes: 4, rank: 3, isFloat: true, create: (n) => new Float32Array(n) },
  float64: { bytes: 8, rank: 4, isFloat: true, create: (n) => new Float64Array(n) },
};

/** Every {@link DType}, lowest in the promotion order first. */
export const dtypes: readonly DType[] = ['bool', 'uint8', 'int32', 'float32', 'float64'];

/** Bytes of one element: 1, 4 or 8. */
export function bytesPerElement(dtype: DType): number {
  return table[dtype].bytes;
}

/** Whether `dtype` is a floating-point type, and so can carry a gradient. */
export function isFloat(dtype: DType): boolean {
  return table[dtype].isFloat;
}

/** A zeroed typed array of `length` elements that stores `dtype`. */
export function createTypedArray(dtype: DType, length: number): TypedArray {
  return table[dtype].create(length);
}

/**
 * The dtype of an arithmetic result on two operands: the higher in bool < uint8 < int32 < float32 < float64.
 *
 * @example
 * promote('int32', 'float32') // 'float32'
 */
export function promote(a: DType, b: DType): DType {
  return table[a].rank >= table[b].rank ? a : b;
}
