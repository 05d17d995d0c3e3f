import {
  type Backend,
  createReferenceBackend,
  createTypedArray,
  type DType,
  type KernelAttrs,
  type KernelInput,
  type KernelName,
  type Shape,
  sizeOf,
  type TensorSpec,
  type TypedArray,
} from '@dl/kernels';
import { expect } from 'vitest';

/** Elements of an input, before a backend has them. */
export interface HostInput extends TensorSpec {
  readonly data: TypedArray;
}

/** How far a result may be from the reference: in units of the last place, or absolutely and relatively. */
export interface Tolerance {
  readonly ulps?: number;
  readonly absolute?: number;
}

const exact: Tolerance = { ulps: 0 };
const reference = createReferenceBackend();

/** A generator of the same numbers for the same seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Elements that look like `dtype`: floats in (-2, 2), small ints of either sign, any byte, 0 and 1. */
export function random(shape: Shape, dtype: DType = 'float32', seed = 1): HostInput {
  const next = seeded(seed + sizeOf(shape));
  const data = createTypedArray(dtype, sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    const u = next();
    if (dtype === 'float32') data[i] = 4 * u - 2;
    else if (dtype === 'int32') data[i] = Math.floor(u * 41) - 20;
    else data[i] = Math.floor(u * (dtype === 'bool' ? 2 : 256));
  }
  return { data, shape, dtype };
}

export function host(data: TypedArray, shape: Shape, dtype: DType): HostInput {
  return { data, shape, dtype };
}

/** Runs one kernel from host arrays to a host array, and releases everything. */
export async function runKernel<K extends KernelName>(
  backend: Backend,
  kernel: K,
  inputs: readonly HostInput[],
  attrs: KernelAttrs[K],
  out: TensorSpec,
): Promise<TypedArray> {
  const uploaded: KernelInput[] = inputs.map((input) => ({ ...input, buffer: backend.upload(input.data, input) }));
  const buffer = backend.run(kernel, uploaded, attrs, out);
  const result = await backend.read({ ...out, buffer });
  for (const input of uploaded) backend.release(input.buffer);
  backend.release(buffer);
  return result;
}

/** Expects that `backend` computes what the reference does. */
export async function expectSame<K extends KernelName>(
  backend: Backend,
  kernel: K,
  inputs: readonly HostInput[],
  attrs: KernelAttrs[K],
  out: TensorSpec,
  tolerance: Tolerance = exact,
): Promise<void> {
  const want = await runKernel(reference, kernel, inputs, attrs, out);
  const got = await runKernel(backend, kernel, inputs, attrs, out);
  const shapes = inputs.map((input) => `${input.dtype} [${input.shape}]`).join(', ');
  expectClose(got, want, tolerance, `${kernel} ${JSON.stringify(attrs)} on ${shapes}`);
}

/** Expects every element of `got` near that of `want`; NaN is near NaN only. */
export function expectClose(got: TypedArray, want: TypedArray, tolerance: Tolerance, what: string): void {
  expect(got.constructor, what).toBe(want.constructor);
  expect(got.length, what).toBe(want.length);
  for (let i = 0; i < want.length; i++) {
    if (isNear(got[i], want[i], tolerance)) continue;
    expect.fail(`${what}: element ${i} must be ${want[i]}, got ${got[i]}`);
  }
}

function isNear(got: number, want: number, { ulps = 0, absolute = 0 }: Tolerance): boolean {
  if (got === want || (Number.isNaN(got) && Number.isNaN(want))) return true;
  if (!Number.isFinite(got) || !Number.isFinite(want)) return false;
  const error = Math.abs(got - want);
  return error <= ulps * ulp(want) || error <= absolute * (1 + Math.abs(want));
}

/** The distance to the next float32. */
export function ulp(x: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(x) || 2 ** -149)));
  return 2 ** (exponent - 23);
}
