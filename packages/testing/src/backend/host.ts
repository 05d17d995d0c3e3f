import {
  createTypedArray,
  type DType,
  type HostTensor,
  isFloat,
  philoxWords,
  type Shape,
  sizeOf,
  type TensorSpec,
} from '@dl/kernels';

/** Fixed pseudorandom elements: floats in [-2, 2), int32 in [-9, 9], the whole range of bytes, and both booleans. */
export function numbers(shape: Shape, dtype: DType = 'float32', seed = 0): HostTensor {
  return host(
    shape,
    dtype,
    Array.from(philoxWords([seed, 11], 0, sizeOf(shape)), (word) => draw(word, dtype)),
  );
}

/** As {@link numbers}, but integers in [1, 5]: divisors and exponents. */
export function positive(shape: Shape, dtype: DType, seed = 0): HostTensor {
  if (dtype === 'bool') return numbers(shape, dtype, seed);
  return host(
    shape,
    dtype,
    Array.from(philoxWords([seed, 13], 0, sizeOf(shape)), (word) => (isFloat(dtype) ? 0.5 + word / 2 ** 32 : 1 + (word % 5))),
  );
}

/** Fixed pseudorandom int32 indices below `extent`. */
export function indices(shape: Shape, extent: number, seed = 0): HostTensor {
  return host(
    shape,
    'int32',
    Array.from(philoxWords([seed, 17], 0, sizeOf(shape)), (word) => word % extent),
  );
}

/** Elements written out. */
export function host(shape: Shape, dtype: DType, values: readonly number[]): HostTensor {
  const data = createTypedArray(dtype, values.length);
  data.set(values);
  return { shape, dtype, data };
}

/** A spec in one line. */
export function spec(shape: Shape, dtype: DType = 'float32'): TensorSpec {
  return { shape, dtype };
}

function draw(word: number, dtype: DType): number {
  if (isFloat(dtype)) return 4 * ((word >>> 8) / 2 ** 24) - 2;
  if (dtype === 'int32') return (word % 19) - 9;
  return dtype === 'uint8' ? word & 255 : word & 1;
}
