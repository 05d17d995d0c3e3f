import {
  createReferenceBackend,
  createTypedArray,
  type DType,
  type KernelAttrs,
  type KernelName,
  type Shape,
  sizeOf,
} from '@dl/kernels';
import fc from 'fast-check';

/** A tensor of the tests: its elements in row-major order. */
export interface Numbers {
  readonly data: readonly number[];
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A tensor of `data`, one axis long unless `shape` says otherwise. */
export function numbers(data: readonly number[], shape: Shape = [data.length], dtype: DType = 'float64'): Numbers {
  return { data, shape, dtype };
}

/** The same few quarters as golden.py's `numbers`: ((i * 7 + seed * 5) mod 23 - 11) / 4. */
export function quarters(shape: Shape, seed = 0, dtype: DType = 'float64'): Numbers {
  return numbers(
    Array.from({ length: sizeOf(shape) }, (_, i) => (((i * 7 + seed * 5) % 23) - 11) / 4),
    shape,
    dtype,
  );
}

/** Runs one kernel on a fresh reference backend and returns what it made. */
export function evaluate<K extends KernelName>(
  kernel: K,
  inputs: readonly Numbers[],
  attrs: KernelAttrs[K],
  shape: Shape,
  dtype: DType = inputs[0]?.dtype ?? 'float64',
): Promise<number[]> {
  const backend = createReferenceBackend();
  const uploaded = inputs.map(({ data, ...spec }) => {
    const elements = createTypedArray(spec.dtype, data.length);
    elements.set(data);
    return { ...spec, buffer: backend.upload(elements, spec) };
  });
  const out = { shape, dtype };
  return backend.read({ ...out, buffer: backend.run(kernel, uploaded, attrs, out) }).then((result) => Array.from(result));
}

/** $\sum_i a_i b_i$. */
export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/** Quarters between -4 and 4, so that sums of products are exact in float64 and adjoints can be compared with `toBe`. */
export function arbitraryNumbers(shape: Shape): fc.Arbitrary<Numbers> {
  const size = sizeOf(shape);
  return fc.array(fc.integer({ min: -16, max: 16 }), { minLength: size, maxLength: size }).map((data) =>
    numbers(
      data.map((value) => value / 4),
      shape,
    ),
  );
}

/** A shape of up to `rank` axes, extents 0 to 3. */
export function arbitraryShape(rank: number): fc.Arbitrary<Shape> {
  return fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: rank });
}
