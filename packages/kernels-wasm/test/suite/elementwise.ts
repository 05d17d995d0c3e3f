import { type Backend, type BinaryFn, broadcastShapes, type DType, type Shape, type UnaryFn } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSame, host, random } from './harness.ts';

const floatFns: readonly UnaryFn[] = [
  ...(['neg', 'abs', 'sign', 'square', 'relu', 'exp', 'expm1', 'log', 'log1p', 'sqrt', 'rsqrt', 'reciprocal'] as const),
  ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'] as const),
  ...(['sigmoid', 'softplus', 'erf', 'floor', 'ceil', 'round', 'trunc'] as const),
];
const testFns: readonly UnaryFn[] = ['isNan', 'isFinite', 'logicalNot'];
const intFns: readonly UnaryFn[] = ['neg', 'abs', 'sign', 'square', 'relu'];
const arithmetic: readonly BinaryFn[] = ['add', 'sub', 'mul', 'div', 'pow', 'remainder', 'maximum', 'minimum'];
const comparisons: readonly BinaryFn[] = [
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const),
  ...(['logicalAnd', 'logicalOr', 'logicalXor'] as const),
];

/** Rows whose result is exact, or correctly rounded; the others may be off by 4 units of the last place. */
const exactFns: ReadonlySet<string> = new Set([
  ...['neg', 'abs', 'sign', 'square', 'relu', 'sqrt', 'reciprocal', 'floor', 'ceil', 'round', 'trunc'],
  ...['add', 'sub', 'mul', 'div', 'maximum', 'minimum'],
]);

/** Every regime of a float32 function: each exponent with a few mantissas, both signs, and the edges. */
const everyRegime: Float32Array = (() => {
  const values = [
    0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1,
    0.5,
    1.5,
    2.5,
    3.5,
    2 ** -149,
    3.4028234e38,
    88.7,
    88.73,
    89,
    103.9,
    104,
    106,
  ];
  for (let exponent = -140; exponent < 128; exponent++) {
    for (const mantissa of [1, 1.1234567, 1.3, 1.75, 1.9999999]) values.push(mantissa * 2 ** exponent);
  }
  for (let i = 0; i <= 4000; i++) values.push(i / 1000, 1 - i / 4000, 1 + i * 1e-5, (i * Math.PI) / 2, i / 30);
  return Float32Array.from(values.flatMap((value) => [value, -value]));
})();

const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 });
/** A shape and two that broadcast to it. */
const broadcasts = shapes.chain((shape) => {
  const squeezed = fc
    .tuple(
      fc.integer({ min: 0, max: shape.length }),
      fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
    )
    .map(([lead, ones]) => shape.map((extent, i) => (ones[i] ? 1 : extent)).slice(lead));
  return fc.tuple(squeezed, squeezed);
});

export function elementwiseSuite(create: () => Backend): void {
  const backend = create();

  describe('unary', () => {
    it.each(floatFns)('%s is right to 4 ulp in every regime', async (fn) => {
      const x = host(everyRegime, [everyRegime.length], 'float32');
      await expectSame(backend, 'unary', [x], { fn }, x, { ulps: exactFns.has(fn) ? 0 : 4 });
    });

    it.each(testFns)('%s tests floats, ints and bytes', async (fn) => {
      const x = host(everyRegime, [everyRegime.length], 'float32');
      await expectSame(backend, 'unary', [x], { fn }, { shape: x.shape, dtype: 'bool' });
      for (const dtype of ['int32', 'uint8', 'bool'] as const) {
        for (let n = 1; fn === 'logicalNot' && n < 70; n++) {
          await expectSame(backend, 'unary', [random([n], dtype)], { fn }, { shape: [n], dtype: 'bool' });
        }
      }
    });

    it.each(intFns)('%s wraps int32 around', async (fn) => {
      const data = Int32Array.of(0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 46341, -46341, 7, -8);
      await expectSame(backend, 'unary', [host(data, [9], 'int32')], { fn }, { shape: [9], dtype: 'int32' });
    });

    it('leaves no tail: lengths 0 to 70', async () => {
      for (let n = 0; n <= 70; n++) {
        for (const fn of ['exp', 'expm1', 'sin', 'abs'] as const) {
          await expectSame(backend, 'unary', [random([n])], { fn }, { shape: [n], dtype: 'float32' }, { ulps: 4 });
        }
      }
    });

    it('broadcasts', async () => {
      await expectSame(backend, 'unary', [random([3, 1, 2])], { fn: 'neg' }, { shape: [4, 3, 5, 2], dtype: 'float32' });
      await expectSame(backend, 'unary', [random([3, 1], 'bool')], { fn: 'logicalNot' }, { shape: [3, 7], dtype: 'bool' });
    });
  });

  describe('binary', () => {
    it.each([...arithmetic, 'atan2' as const])('%s of float32 is right on every pair of edges', async (fn) => {
      const edges = [
        0,
        -0,
        1,
        -1,
        0.5,
        2,
        -2,
        3,
        -3.5,
        1e-40,
        1e30,
        -1e30,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        Number.NaN,
      ];
      const a = Float32Array.from(edges.flatMap((x) => edges.map(() => x)));
      const b = Float32Array.from(edges.flatMap(() => edges));
      const inputs = [host(a, [a.length], 'float32'), host(b, [b.length], 'float32')];
      await expectSame(backend, 'binary', inputs, { fn }, inputs[0], { ulps: exactFns.has(fn) ? 0 : 4 });
    });

    it.each(arithmetic)('%s of int32 wraps around', async (fn) => {
      const edges = [0, 1, -1, 2, -2, 7, -7, 31, 2 ** 31 - 1, -(2 ** 31)];
      const a = Int32Array.from(edges.flatMap((x) => edges.map(() => x)));
      const b = Int32Array.from(edges.flatMap(() => edges));
      const inputs = [host(a, [a.length], 'int32'), host(b, [b.length], 'int32')];
      await expectSame(backend, 'binary', inputs, { fn }, inputs[0]);
    });

    it.each(comparisons)('%s compares any dtype, NaN too', async (fn) => {
      const a = Float32Array.from({ length: 70 }, (_, i) => (i % 7 === 0 ? Number.NaN : (i % 5) - 2));
      const b = Float32Array.from({ length: 70 }, (_, i) => (i % 11 === 0 ? Number.NaN : (i % 3) - 1));
      const floats = [host(a, [70], 'float32'), host(b, [70], 'float32')];
      await expectSame(backend, 'binary', floats, { fn }, { shape: [70], dtype: 'bool' });
      for (const dtype of ['int32', 'uint8', 'bool'] as const) {
        const inputs = [random([70], dtype, 1), random([70], dtype, 2)];
        await expectSame(backend, 'binary', inputs, { fn }, { shape: [70], dtype: 'bool' });
      }
    });

    it('broadcasts any pair of shapes, writing no element twice or not at all', async () => {
      const dtypes: readonly DType[] = ['float32', 'int32', 'uint8', 'bool'];
      const fns = fc.constantFrom<BinaryFn>('sub', 'pow', 'remainder', 'less', 'logicalXor', 'atan2');
      await fc.assert(
        fc.asyncProperty(broadcasts, fc.constantFrom(...dtypes), fns, async ([a, b], dtype, fn) => {
          const isArithmetic = fn === 'sub' || fn === 'pow' || fn === 'remainder' || fn === 'atan2';
          if (isArithmetic && (dtype === 'uint8' || dtype === 'bool' || (fn === 'atan2' && dtype === 'int32'))) return;
          const out = { shape: broadcastShapes('test', a, b), dtype: isArithmetic ? dtype : 'bool' } as const;
          await expectSame(backend, 'binary', [random(a, dtype, 1), random(b, dtype, 2)], { fn }, out, { ulps: 4 });
        }),
        { numRuns: 300 },
      );
    });

    it.each<[string, Shape, Shape]>([
      ['rows', [9, 13], [13]],
      ['columns', [9, 13], [9, 1]],
      ['channels', [2, 3, 5, 7], [3, 1, 1]],
      ['an outer product', [17, 1], [19]],
      ['a scalar on the left', [], [3, 70]],
      ['nothing', [0, 3], [1, 3]],
    ])('broadcasts %s', async (_, a, b) => {
      const out = { shape: broadcastShapes('test', a, b), dtype: 'float32' } as const;
      await expectSame(backend, 'binary', [random(a, 'float32', 1), random(b, 'float32', 2)], { fn: 'sub' }, out);
      await expectSame(backend, 'binary', [random(b, 'float32', 1), random(a, 'float32', 2)], { fn: 'sub' }, out);
    });

    it('leaves no tail: lengths 0 to 70 of a row, a scalar and each dtype', async () => {
      for (let n = 0; n <= 70; n++) {
        for (const shape of [[n], [], [2, n]]) {
          const out = { shape: broadcastShapes('test', [n], shape), dtype: 'float32' } as const;
          await expectSame(backend, 'binary', [random([n]), random(shape, 'float32', 2)], { fn: 'mul' }, out);
          await expectSame(
            backend,
            'binary',
            [random([n]), random(shape, 'float32', 2)],
            { fn: 'greater' },
            { ...out, dtype: 'bool' },
          );
        }
      }
    });
  });

  it('select chooses under any broadcast', async () => {
    await fc.assert(
      fc.asyncProperty(broadcasts, fc.constantFrom<DType>('float32', 'int32', 'uint8', 'bool'), async ([a, b], dtype) => {
        const shape = broadcastShapes('test', a, b);
        const inputs = [random(shape, 'bool', 3), random(a, dtype, 1), random(b, dtype, 2)];
        await expectSame(backend, 'select', inputs, {}, { shape, dtype });
        const swapped = [random(a, 'bool', 3), random(b, dtype, 1), random(shape, dtype, 2)];
        await expectSame(backend, 'select', swapped, {}, { shape, dtype });
      }),
      { numRuns: 100 },
    );
  });

  it('cast truncates, saturates and tests', async () => {
    const edges = [
      0,
      -0,
      0.5,
      -0.5,
      1.9,
      -1.9,
      255,
      256,
      300,
      -3,
      3e9,
      -3e9,
      1e30,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** -140,
      7,
    ];
    const dtypes: readonly DType[] = ['float32', 'int32', 'uint8', 'bool'];
    for (const to of dtypes) {
      await expectSame(backend, 'cast', [host(Float32Array.from(edges), [17], 'float32')], {}, { shape: [17], dtype: to });
      for (const from of dtypes) {
        for (const n of [0, 1, 5, 16, 33, 70])
          await expectSame(backend, 'cast', [random([n], from)], {}, { shape: [n], dtype: to });
      }
    }
    const ints = host(Int32Array.of(2 ** 31 - 1, -(2 ** 31), 16777217, 255, 256, -1), [6], 'int32');
    for (const to of dtypes) await expectSame(backend, 'cast', [ints], {}, { shape: [6], dtype: to });
  });

  it('refuses rows that a dtype does not have', () => {
    const byte = random([3], 'uint8');
    const x = { ...byte, buffer: backend.upload(byte.data, byte) };
    expect(() => backend.run('unary', [x], { fn: 'exp' }, x)).toThrow(
      'unary exp: dtype must be a float, got uint8 (cast the input first)',
    );
    expect(() => backend.run('binary', [x, x], { fn: 'add' }, x)).toThrow(
      'binary add: dtype must be arithmetic, got uint8 (cast the inputs first)',
    );
    expect(() => backend.run('reduce', [x], { fn: 'sum', axes: [0] }, { shape: [], dtype: 'uint8' })).toThrow(
      'reduce sum: dtype must be arithmetic, got uint8 (cast the input first)',
    );
    backend.release(x.buffer);
  });
}
