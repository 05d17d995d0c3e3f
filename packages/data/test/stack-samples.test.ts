import { ArgumentError, type HostTensor, ShapeError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { stackSamples } from '../src/index.ts';

const array = (...values: number[]): HostTensor => ({ shape: [values.length], dtype: 'float32', data: new Float32Array(values) });

describe('stackSamples', () => {
  it('puts a batch axis before arrays and makes int32 of integers', () => {
    expect(
      stackSamples([
        { x: array(1, 2), y: 3 },
        { x: array(4, 5), y: -1 },
      ]),
    ).toEqual({
      x: { shape: [2, 2], dtype: 'float32', data: new Float32Array([1, 2, 4, 5]) },
      y: { shape: [2], dtype: 'int32', data: new Int32Array([3, -1]) },
    });
  });

  it('refuses arrays that differ', () => {
    expect(() => stackSamples([{ x: array(1, 2) }, { x: array(1) }])).toThrow(ShapeError);
    expect(() => stackSamples([{ x: array(1, 2) }, { x: array(1) }])).toThrow("got float32 [2] and float32 [1] (field 'x')");
    const integer: HostTensor = { shape: [1], dtype: 'int32', data: new Int32Array(1) };
    expect(() => stackSamples([{ x: array(1) }, { x: integer }])).toThrow('got float32 [1] and int32 [1]');
  });

  it('refuses numbers that int32 would change', () => {
    for (const y of [0.5, Number.NaN, 2 ** 31]) {
      expect(() => stackSamples([{ y: 1 }, { y }])).toThrow(ArgumentError);
      expect(() => stackSamples([{ y: 1 }, { y }])).toThrow(`numbers must be int32, got ${y} (field 'y')`);
    }
  });
});
