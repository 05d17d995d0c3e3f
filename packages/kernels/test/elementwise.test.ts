import { BackendError, type BinaryFn, broadcastShapes, type DType, type UnaryFn } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erfPairs } from './golden.generated.ts';
import { arbitraryNumbers, evaluate, numbers } from './helpers.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

function unary(fn: UnaryFn, x: readonly number[], dtype: DType = 'float64', out = dtype): Promise<number[]> {
  return evaluate('unary', [numbers(x, [x.length], dtype)], { fn }, [x.length], out);
}

function binary(
  fn: BinaryFn,
  a: readonly number[],
  b: readonly number[],
  dtype: DType = 'float64',
  out = dtype,
): Promise<number[]> {
  return evaluate('binary', [numbers(a, [a.length], dtype), numbers(b, [b.length], dtype)], { fn }, [a.length], out);
}

describe('unary', () => {
  it.each([
    ['neg', [1, -2], [-1, 2]],
    ['abs', [1, -2], [1, 2]],
    ['sign', [-3, 0, 2, nan], [-1, 0, 1, nan]],
    ['square', [3, -2], [9, 4]],
    ['relu', [-1, 0, 2, nan], [0, 0, 2, nan]],
    ['exp', [0, -infinity], [1, 0]],
    ['expm1', [1e-20], [1e-20]],
    ['log', [1, 0, -1], [0, -infinity, nan]],
    ['log1p', [1e-20], [1e-20]],
    ['sqrt', [4, -1], [2, nan]],
    ['rsqrt', [4, 0], [0.5, infinity]],
    ['reciprocal', [4, 0], [0.25, infinity]],
    ['sin', [0, Math.PI / 2], [0, 1]],
    ['cos', [0, Math.PI], [1, -1]],
    ['tan', [0, 1], [0, Math.tan(1)]],
    ['asin', [1, 2], [Math.PI / 2, nan]],
    ['acos', [1, -1], [0, Math.PI]],
    ['atan', [infinity], [Math.PI / 2]],
    ['sinh', [1], [(Math.E - 1 / Math.E) / 2]],
    ['cosh', [1], [(Math.E + 1 / Math.E) / 2]],
    ['tanh', [0, 100], [0, 1]],
    ['asinh', [0, 1], [0, Math.log(1 + Math.SQRT2)]],
    ['acosh', [1, 0], [0, nan]],
    ['atanh', [0, 1], [0, infinity]],
    ['sigmoid', [0, 1000, -1000, nan], [0.5, 1, 0, nan]],
    ['softplus', [0, 1000, -1000, nan], [Math.LN2, 1000, 0, nan]],
    ['floor', [1.5, -1.5], [1, -2]],
    ['ceil', [1.5, -1.5], [2, -1]],
    ['round', [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49, -0.51, 2 ** 52 + 1], [0, 2, 2, -0, -2, -2, 0, -1, 2 ** 52 + 1]],
    ['round', [nan, infinity, -infinity], [nan, infinity, -infinity]],
    ['trunc', [1.5, -1.5], [1, -1]],
  ] as const)('%s of %j is %j', async (fn, x, y) => {
    const result = await unary(fn, x);
    for (const [i, value] of y.entries()) {
      if (Number.isFinite(value)) expect(result[i]).toBeCloseTo(value, 14);
      else expect(result[i]).toBe(value);
    }
    const single = await unary(fn, x, 'float32');
    for (const [i, value] of y.entries()) {
      if (Number.isFinite(value) && Math.abs(value) < 1e4) expect(single[i]).toBeCloseTo(value, 5);
    }
  });

  it('keeps the sign of zeros', async () => {
    expect(Object.is((await unary('neg', [0]))[0], -0)).toBe(true);
    expect(await unary('round', [1e-300, -1e-300])).toEqual([0, -0]);
  });

  it('gives bool for questions', async () => {
    expect(await unary('isNan', [nan, 1, infinity], 'float64', 'bool')).toEqual([1, 0, 0]);
    expect(await unary('isFinite', [nan, 1, infinity], 'float32', 'bool')).toEqual([0, 1, 0]);
    for (const dtype of ['float32', 'int32', 'uint8', 'bool'] as const) {
      expect(await unary('logicalNot', [0, 1], dtype, 'bool')).toEqual([1, 0]);
    }
  });

  it('takes int32 where the contract says so, wrapping around', async () => {
    const least = -(2 ** 31);
    expect(await unary('neg', [3, least], 'int32')).toEqual([-3, least]);
    expect(await unary('abs', [-3, least], 'int32')).toEqual([3, least]);
    expect(await unary('sign', [-3, 0, 4], 'int32')).toEqual([-1, 0, 1]);
    expect(await unary('square', [-3, 65537], 'int32')).toEqual([9, 131073]);
    expect(await unary('relu', [-3, 4], 'int32')).toEqual([0, 4]);
  });

  it('refuses an integer where only floats make sense', () => {
    expect(() => unary('exp', [1], 'int32')).toThrow(BackendError);
    expect(() => unary('exp', [1], 'int32')).toThrow('unary exp: dtype must be a float, got int32 (cast the input first)');
    expect(() => unary('neg', [1], 'bool')).toThrow(BackendError);
  });

  it('erf is the error function of the C library, and odd', async () => {
    const x = erfPairs.map(([at]) => at);
    const y = await unary('erf', x);
    const mirrored = await unary(
      'erf',
      x.map((at) => -at),
    );
    for (const [i, [, value]] of erfPairs.entries()) {
      expect(Math.abs(y[i] - value)).toBeLessThanOrEqual(1e-15 * Math.abs(value));
      expect(mirrored[i] + y[i]).toBe(0);
    }
    expect(await unary('erf', [0, 7, -infinity, nan, 1e-300])).toEqual([0, 1, -1, nan, (2 / Math.sqrt(Math.PI)) * 1e-300]);
  });
});

describe('binary', () => {
  it.each([
    ['add', [1, 0.5], [2, 0.25], [3, 0.75]],
    ['sub', [1, 0.5], [2, 0.25], [-1, 0.25]],
    ['mul', [3, 0.5], [2, 0.25], [6, 0.125]],
    ['div', [3, 1, 0], [2, 0, 0], [1.5, infinity, nan]],
    ['pow', [2, -2, 4, 1, -1, nan, 0], [10, 3, -0.5, nan, infinity, 0, -1], [1024, -8, 0.5, 1, 1, 1, infinity]],
    ['remainder', [5, -5, 5, -5, 6, 5.5, 1], [3, 3, -3, -3, 3, infinity, 0], [2, 1, -1, -2, 0, 5.5, nan]],
    ['maximum', [1, nan, 2], [3, 1, nan], [3, nan, nan]],
    ['minimum', [1, nan, 2], [3, 1, nan], [1, nan, nan]],
    ['atan2', [1, -1], [-1, 0], [(3 * Math.PI) / 4, -Math.PI / 2]],
  ] as const)('%s of %j and %j is %j', async (fn, a, b, y) => {
    expect(await binary(fn, a, b)).toEqual(y);
    expect(await binary(fn, a, b, 'float32')).toEqual(y.map(Math.fround));
  });

  it.each([
    ['add', [2 ** 31 - 1], [1], [-(2 ** 31)]],
    ['sub', [-(2 ** 31)], [1], [2 ** 31 - 1]],
    ['mul', [123456789], [987654321], [Math.imul(123456789, 987654321)]],
    ['div', [7, -7, 7, -7, -(2 ** 31)], [2, 2, -2, -2, -1], [3, -4, -4, 3, -(2 ** 31)]],
    ['pow', [3, 3, -1, 2, 1, -2, 10], [4, 0, -3, -1, -5, 3, 10], [81, 1, -1, 0, 1, -8, 1410065408]],
    ['remainder', [7, -7, 7, -7], [3, 3, -3, -3], [1, 2, -2, -1]],
    ['maximum', [1, -2], [3, -4], [3, -2]],
    ['minimum', [1, -2], [3, -4], [1, -4]],
  ] as const)('%s of int32 %j and %j is %j', async (fn, a, b, y) => {
    expect(await binary(fn, a, b, 'int32')).toEqual(y);
  });

  it.each([
    ['equal', [0, 1, 0, 0]],
    ['notEqual', [1, 0, 1, 1]],
    ['less', [1, 0, 0, 0]],
    ['lessEqual', [1, 1, 0, 0]],
    ['greater', [0, 0, 1, 0]],
    ['greaterEqual', [0, 1, 1, 0]],
  ] as const)('%s gives bool, and NaN equals nothing', async (fn, y) => {
    expect(await binary(fn, [1, 2, 3, nan], [2, 2, 2, nan], 'float32', 'bool')).toEqual(y);
    for (const dtype of ['int32', 'uint8'] as const) {
      expect(await binary(fn, [1, 2, 3], [2, 2, 2], dtype, 'bool')).toEqual(y.slice(0, 3));
    }
  });

  it.each([
    ['logicalAnd', [0, 0, 0, 1]],
    ['logicalOr', [0, 1, 1, 1]],
    ['logicalXor', [0, 1, 1, 0]],
  ] as const)('%s takes every dtype; what is not 0 is true', async (fn, y) => {
    for (const dtype of ['float64', 'float32', 'int32', 'uint8', 'bool'] as const) {
      expect(await binary(fn, [0, 0, 1, 1], [0, 1, 0, 1], dtype, 'bool')).toEqual(y);
    }
    expect(await binary(fn, [0, 0, nan, nan], [0, 0.5, 0, nan], 'float32', 'bool')).toEqual(y);
  });

  it('refuses arithmetic on bytes, and angles of integers', () => {
    expect(() => binary('add', [1], [1], 'bool')).toThrow(BackendError);
    const message = 'binary atan2: dtype must be arithmetic, got int32 (cast the inputs first)';
    expect(() => binary('atan2', [1], [1], 'int32')).toThrow(message);
  });

  it('rounds a float32 result once', async () => {
    expect(await binary('add', [1, 1], [2 ** -24, 2 ** -23], 'float32')).toEqual([1, 1 + 2 ** -23]);
  });

  it('broadcasts as NumPy does', async () => {
    const a = numbers([1, 2], [2, 1]);
    const b = numbers([10, 20, 30]);
    expect(await evaluate('binary', [a, b], { fn: 'add' }, [2, 3])).toEqual([11, 21, 31, 12, 22, 32]);
    expect(await evaluate('binary', [numbers([5], []), b], { fn: 'sub' }, [3])).toEqual([-5, -15, -25]);
    expect(await evaluate('binary', [numbers([], [0, 1]), b], { fn: 'add' }, [0, 3])).toEqual([]);
  });

  it('broadcasts like the loop that says so', async () => {
    const pair = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }).chain((full) =>
      fc
        .tuple(
          fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
          fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
          fc.nat(3),
        )
        .chain(([keepA, keepB, drop]) => {
          const shapeA = full.map((extent, i) => (keepA[i] ? extent : 1));
          const shapeB = full.map((extent, i) => (keepB[i] ? extent : 1)).slice(drop);
          return fc.tuple(arbitraryNumbers(shapeA), arbitraryNumbers(shapeB));
        }),
    );
    await fc.assert(
      fc.asyncProperty(pair, async ([a, b]) => {
        const shape = broadcastShapes('sub', a.shape, b.shape);
        const at = (x: typeof a, i: number, j: number, k: number) => {
          const full = [1, 1, 1, ...x.shape].slice(-3);
          return x.data[((full[0] > 1 ? i : 0) * full[1] + (full[1] > 1 ? j : 0)) * full[2] + (full[2] > 1 ? k : 0)];
        };
        const expected: number[] = [];
        for (let i = 0; i < shape[0]; i++) {
          for (let j = 0; j < shape[1]; j++) for (let k = 0; k < shape[2]; k++) expected.push(at(a, i, j, k) - at(b, i, j, k));
        }
        expect(await evaluate('binary', [a, b], { fn: 'sub' }, shape)).toEqual(expected);
      }),
    );
  });
});

describe('select', () => {
  it('chooses by a condition, broadcasting all three', async () => {
    const condition = numbers([1, 0, 1], [3], 'bool');
    const a = numbers([1, 2], [2, 1], 'int32');
    const b = numbers([-1], [], 'int32');
    expect(await evaluate('select', [condition, a, b], {}, [2, 3], 'int32')).toEqual([1, -1, 1, 2, -1, 2]);
  });

  it('does not let the other side through', async () => {
    const y = await evaluate('select', [numbers([0], [1], 'bool'), numbers([nan]), numbers([2])], {}, [1], 'float64');
    expect(y).toEqual([2]);
  });
});

describe('cast', () => {
  const cast = (x: readonly number[], from: DType, to: DType) =>
    evaluate('cast', [numbers(x, [x.length], from)], {}, [x.length], to);

  it.each([
    ['float32', 'int32', [1.9, -1.9, 3e9, -3e9, nan, infinity], [1, -1, 2 ** 31 - 1, -(2 ** 31), 0, 2 ** 31 - 1]],
    ['float32', 'uint8', [1.9, -1.9, 300, nan], [1, 0, 255, 0]],
    ['float32', 'bool', [0, -0, 0.1, nan], [0, 0, 1, 1]],
    ['float64', 'float32', [0.1, 1e300], [Math.fround(0.1), infinity]],
    ['int32', 'float32', [2 ** 24 + 1, -3], [2 ** 24, -3]],
    ['int32', 'bool', [0, -5], [0, 1]],
    ['int32', 'uint8', [255, 256, -1], [255, 255, 0]],
    ['uint8', 'float32', [200], [200]],
    ['bool', 'int32', [0, 1], [0, 1]],
  ] as const)('%s to %s of %j is %j', async (from, to, x, y) => {
    expect(await cast(x, from, to)).toEqual(y);
  });

  it('there and back keeps what fits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 255 })), async (x) => {
        for (const dtype of ['float32', 'float64', 'int32'] as const) {
          expect(await cast(await cast(x, 'uint8', dtype), dtype, 'uint8')).toEqual(x);
        }
      }),
    );
  });
});
