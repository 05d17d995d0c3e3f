import { expect, it } from 'vitest';
import { fromFloats, isInexact, toFloats } from '../src/elements.ts';

it('keeps integers that float32 holds, and knows the others', () => {
  const held = Int32Array.of(0, -1, 2 ** 24, -(2 ** 31), 2 ** 30);
  expect(isInexact(held)).toBe(false);
  expect(fromFloats(toFloats(held), 'int32')).toEqual(held);
  expect(isInexact(Int32Array.of(1, 2 ** 24 + 1))).toBe(true);
  expect(isInexact(Int32Array.of(2 ** 31 - 1))).toBe(true);
});

it('saturates at the greatest int32, which float32 has as one more', () => {
  expect(fromFloats(Float32Array.of(2 ** 31, -(2 ** 31)), 'int32')).toEqual(Int32Array.of(2 ** 31 - 1, -(2 ** 31)));
});

it('gives bytes and floats back as they are', () => {
  expect(fromFloats(Float32Array.of(0, 1, 255), 'uint8')).toEqual(Uint8Array.of(0, 1, 255));
  const floats = Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY);
  expect(fromFloats(floats, 'float32')).toBe(floats);
  expect(toFloats(floats)).toBe(floats);
});
