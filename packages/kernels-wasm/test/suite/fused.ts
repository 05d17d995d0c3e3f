import {
  ArgumentError,
  type Backend,
  BackendError,
  type FusedKernelAttrs,
  type FusedKernelName,
  type KernelInput,
  type Shape,
  type TensorSpec,
  type TypedArray,
} from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import {
  adam,
  logSoftmax,
  logSoftmaxGrad,
  lstmUnit,
  normalized,
  normalizedGrad,
  sgd,
  softmax,
  softmaxGrad,
} from './fused-formulas.ts';
import { expectClose, type HostInput, host, random } from './harness.ts';

const near = { absolute: 5e-6 };
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const eps = 1e-3;

function floatSpec(...shape: number[]): TensorSpec {
  return { shape, dtype: 'float32' };
}

function floats(values: readonly number[], shape: Shape = [values.length]): HostInput {
  return host(Float32Array.from(values), shape, 'float32');
}

function ints(...values: number[]): HostInput {
  return host(Int32Array.from(values), [values.length], 'int32');
}

/** Runs a fused kernel from host arrays to host arrays, and expects that nothing of it stays. */
export async function runFused<K extends FusedKernelName>(
  backend: Backend,
  kernel: K,
  inputs: readonly HostInput[],
  attrs: FusedKernelAttrs[K],
  outs: readonly TensorSpec[],
): Promise<TypedArray[]> {
  const before = backend.stats();
  const uploaded: KernelInput[] = inputs.map((input) => ({ ...input, buffer: backend.upload(input.data, input) }));
  try {
    const buffers = backend.runFused(kernel, uploaded, attrs, outs);
    const results = await Promise.all(buffers.map((buffer, i) => backend.read({ ...outs[i], buffer })));
    for (const [i, { buffer }] of uploaded.entries()) {
      expect(await backend.read({ ...inputs[i], buffer })).toEqual(inputs[i].data);
    }
    for (const buffer of buffers) backend.release(buffer);
    return results;
  } finally {
    for (const { buffer } of uploaded) backend.release(buffer);
    expect(backend.stats()).toMatchObject({ buffers: before.buffers, bytes: before.bytes });
  }
}

function expectAll(got: readonly TypedArray[], want: readonly (readonly number[])[], what: string): void {
  expect(got.length).toBe(want.length);
  for (const [i, values] of want.entries()) expectClose(got[i], Float32Array.from(values), near, `${what}, output ${i}`);
}

/** Places of the elements along the middle axis of `[outer, extent, inner]`, one list each. */
function lanes([outer, extent, inner]: readonly [number, number, number]): number[][] {
  return Array.from({ length: outer * inner }, (_, lane) =>
    Array.from({ length: extent }, (_, i) => (Math.floor(lane / inner) * extent + i) * inner + (lane % inner)),
  );
}

/** Fused kernels against their  */
export function fusedSuite(create: () => Backend): void {
  const backend = create();
  const extents = [0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 37, 1030];

  describe('softmax and its logarithm', () => {
    const shapes: readonly (readonly [number, number, number])[] = [
      ...extents.map((n) => [3, n, 1] as const),
      ...[2, 3, 4, 5, 9, 515].map((inner) => [2, 6, inner] as const),
      [0, 3, 1],
      [2, 0, 5],
      [2, 1, 3],
      // Many tasks.
      [40, 300, 1],
      [4, 9, 515],
    ];

    it.each(['softmax', 'logSoftmax'] as const)('%s of any row or column, and its gradient', async (kernel) => {
      const forward = kernel === 'softmax' ? softmax : logSoftmax;
      for (const shape of shapes) {
        const x = random(shape);
        const dy = random(shape, 'float32', 2);
        const want = new Float32Array(x.data.length);
        for (const lane of lanes(shape)) {
          const values = forward(lane.map((i) => x.data[i]));
          lane.forEach((i, k) => {
            want[i] = values[k];
          });
        }
        const [y] = await runFused(backend, kernel, [x], { axis: 1 }, [x]);
        expectClose(y, want, near, `${kernel} ${shape}`);
        const slopes = new Float32Array(want.length);
        const gradient = kernel === 'softmax' ? softmaxGrad : logSoftmaxGrad;
        for (const lane of lanes(shape)) {
          const values = gradient(
            lane.map((i) => y[i]),
            lane.map((i) => dy.data[i]),
          );
          lane.forEach((i, k) => {
            slopes[i] = values[k];
          });
        }
        const inputs = [host(y, shape, 'float32'), dy];
        const [dx] = await runFused(backend, kernel === 'softmax' ? 'softmaxGrad' : 'logSoftmaxGrad', inputs, { axis: 1 }, [x]);
        // A sum of many terms of either sign.
        expectClose(dx, slopes, { absolute: 2e-5 }, `gradient of ${kernel} ${shape}`);
      }
    });

    it.each([
      [[1000, 1000, 999, 0, -1000]],
      [[0, -inf, 1, -inf, 0]],
      [[-inf, -inf, -inf, -inf, -inf]],
      [[0, inf, 1, 2, 3]],
      [[0, 1, 2, 3, nan]],
    ])('of %j, as a row and as a column', async (values) => {
      for (const shape of [
        [1, 5],
        [5, 1],
      ]) {
        const x = floats(values, shape);
        const axis = shape.indexOf(5);
        const wanted = values.some(Number.isNaN) || !values.some(Number.isFinite) ? values.map(() => nan) : softmax(values);
        expectAll(await runFused(backend, 'softmax', [x], { axis }, [x]), [wanted], 'softmax');
        const logs = wanted.some(Number.isNaN) ? undefined : logSoftmax(values);
        if (logs) expectAll(await runFused(backend, 'logSoftmax', [x], { axis }, [x]), [logs], 'logSoftmax');
      }
    });
  });

  describe('softmax cross-entropy', () => {
    it('has the losses, the count, the softmax and the gradient of any number of classes', async () => {
      for (const n of extents.slice(1)) {
        const x = random([4, n]);
        const target = ints(0, n - 1, -7, n >> 1);
        const grads = floats([1, -2, 3, 0.5]);
        const rows = [0, 1, 2, 3].map((row) => Array.from(x.data.subarray(row * n, (row + 1) * n)));
        const counts = (row: number): boolean => target.data[row] !== -7;
        const attrs = { ignoreIndex: -7 };
        const got = await runFused(backend, 'softmaxCrossEntropy', [x, target], attrs, [floatSpec(4), floatSpec(), x]);
        const losses = rows.map((row, i) => (counts(i) ? -logSoftmax(row)[target.data[i]] : 0));
        expectAll(got, [losses, [3], rows.flatMap(softmax)], `cross-entropy of ${n}`);
        const inputs = [host(got[2], [4, n], 'float32'), target, grads];
        const slopes = rows.flatMap((row, i) =>
          softmax(row).map((p, c) => (counts(i) ? (p - (c === target.data[i] ? 1 : 0)) * grads.data[i] : 0)),
        );
        expectAll(await runFused(backend, 'softmaxCrossEntropyGrad', inputs, attrs, [x]), [slopes], `gradient of ${n}`);
      }
    });

    it('of many rows is that of each, and refuses the first class that there is not', async () => {
      const x = random([600, 30]);
      const target = ints(...Array.from({ length: 600 }, (_, i) => (i % 7 === 0 ? -1 : i % 30)));
      const attrs = { ignoreIndex: -1 };
      const outs = [floatSpec(600), floatSpec(), x];
      const [losses, count] = await runFused(backend, 'softmaxCrossEntropy', [x, target], attrs, outs);
      const want = Array.from(target.data, (chosen, i) =>
        chosen < 0 ? 0 : -logSoftmax(Array.from(x.data.subarray(i * 30, i * 30 + 30)))[chosen],
      );
      expectAll([losses, count], [want, [514]], 'many rows');
      target.data[555] = 31;
      target.data[202] = 77;
      const run = runFused(backend, 'softmaxCrossEntropy', [x, target], attrs, outs);
      await expect(run).rejects.toThrow('softmaxCrossEntropy: indices must be in [0, 30), got 77');
    });

    it.each([3, -1])('refuses the class %i of three, and keeps nothing', async (chosen) => {
      const run = runFused(backend, 'softmaxCrossEntropy', [random([2, 3]), ints(0, chosen)], { ignoreIndex: -100 }, [
        floatSpec(2),
        floatSpec(),
        floatSpec(2, 3),
      ]);
      await expect(run).rejects.toThrow(ArgumentError);
      await expect(run).rejects.toThrow(`softmaxCrossEntropy: indices must be in [0, 3), got ${chosen}`);
    });
  });

  describe('normalisation', () => {
    const shapes: readonly (readonly [number, number, number])[] = [
      ...[1, 2, 3, 4, 5, 16, 17, 260, 1030].map((pixels) => [3, 2, pixels] as const),
      ...[1, 3, 4, 7].map((channels) => [5, channels, 1] as const),
      [1, 3, 9],
      [0, 3, 5],
      [3, 0, 5],
      [0, 4, 1],
    ];

    it('of batches, and its gradient, for any number of pixels and channels', async () => {
      for (const shape of shapes) {
        const [n, c, l] = shape;
        const [x, dy] = [random(shape), random(shape, 'float32', 2)];
        const [weight, bias] = [random([c], 'float32', 3), random([c], 'float32', 4)];
        const [y, dx] = [new Float32Array(x.data.length), new Float32Array(x.data.length)];
        const [mean, variance, dweight, dbias]: number[][] = [[], [], [], []];
        for (let channel = 0; channel < c; channel++) {
          const places = Array.from({ length: n * l }, (_, i) => (Math.floor(i / l) * c + channel) * l + (i % l));
          const [values, grads] = [x, dy].map(({ data }) => places.map((i) => data[i]));
          const own = normalized(values, eps);
          const slopes = normalizedGrad(
            values,
            grads.map((g) => g * weight.data[channel]),
            eps,
          );
          places.forEach((i, k) => {
            y[i] = own.unit[k] * weight.data[channel] + bias.data[channel];
            dx[i] = slopes[k];
          });
          mean.push(own.mean);
          variance.push(own.variance);
          dweight.push(grads.reduce((total, g, k) => total + g * own.unit[k], 0));
          dbias.push(grads.reduce((total, g) => total + g, 0));
        }
        const got = await runFused(backend, 'batchNorm', [x, weight, bias], { eps }, [x, weight, weight]);
        expectAll(got, [Array.from(y), mean, variance], `batchNorm ${shape}`);
        if (n * l === 0) continue;
        const inputs = [x, weight, floats(mean), floats(variance), dy];
        const back = await runFused(backend, 'batchNormGrad', inputs, { eps }, [x, weight, bias]);
        // Where a channel has few values, 1/σ is large.
        for (const [i, want] of [dx, dweight, dbias].entries()) {
          expectClose(back[i], Float32Array.from(want), { absolute: 2e-4 }, `batchNormGrad ${shape}, output ${i}`);
        }
      }
    });

    it('of layers, and its gradient, for any number of rows and elements', async () => {
      for (const [rows, d] of [
        [3, 1],
        [4, 2],
        [2, 3],
        [5, 4],
        [70, 5],
        [130, 8],
        [2, 37],
        [3, 1030],
        [0, 4],
        [3, 0],
      ]) {
        const [x, dy] = [random([rows, d]), random([rows, d], 'float32', 2)];
        const [weight, bias] = [random([d], 'float32', 3), random([d], 'float32', 4)];
        const lists = Array.from({ length: rows }, (_, row) => Array.from(x.data.subarray(row * d, (row + 1) * d)));
        const own = lists.map((list) => normalized(list, eps));
        const y = own.flatMap(({ unit }) => unit.map((value, i) => value * weight.data[i] + bias.data[i]));
        const moments = [own.map(({ mean }) => mean), own.map(({ variance }) => variance)];
        const outs = [x, floatSpec(rows), floatSpec(rows)];
        expectAll(
          await runFused(backend, 'layerNorm', [x, weight, bias], { eps }, outs),
          [y, ...moments],
          `layerNorm ${rows}, ${d}`,
        );
        const grads = lists.map((_, row) => Array.from(dy.data.subarray(row * d, (row + 1) * d)));
        const dx = lists.flatMap((list, row) =>
          normalizedGrad(
            list,
            grads[row].map((g, i) => g * weight.data[i]),
            eps,
          ),
        );
        const columns = Array.from({ length: d }, (_, i) => i);
        const dweight = columns.map((i) => grads.reduce((total, row, k) => total + row[i] * own[k].unit[i], 0));
        const dbias = columns.map((i) => grads.reduce((total, row) => total + row[i], 0));
        const inputs = [x, weight, floats(moments[0]), floats(moments[1]), dy];
        const back = await runFused(backend, 'layerNormGrad', inputs, { eps }, [x, weight, bias]);
        for (const [i, want] of [dx, dweight, dbias].entries()) {
          expectClose(back[i], Float32Array.from(want), { absolute: 2e-4 }, `layerNormGrad ${rows}, ${d}, output ${i}`);
        }
      }
    });

    it('keeps the variance of numbers far from zero', async () => {
      const x = floats(
        Array.from({ length: 64 }, (_, i) => 10000 + (i % 2)),
        [4, 1, 16],
      );
      const [y, mean, variance] = await runFused(backend, 'batchNorm', [x, floats([1]), floats([0])], { eps: 0 }, [
        x,
        floatSpec(1),
        floatSpec(1),
      ]);
      expect([mean[0], variance[0]]).toEqual([10000.5, 0.25]);
      expect([...y.subarray(0, 2)]).toEqual([-1, 1]);
    });

    it('scales and shifts channels', async () => {
      for (const shape of shapes) {
        const [, c, l] = shape;
        const [x, a, b] = [random(shape), random([c], 'float32', 2), random([c], 'float32', 3)];
        const channel = (i: number): number => Math.floor(i / l) % c;
        const y = Array.from(x.data, (value, i) => value * a.data[channel(i)] + b.data[channel(i)]);
        expectAll(await runFused(backend, 'scaleShift', [x, a, b], {}, [x]), [y], `scaleShift ${shape}`);
      }
    });
  });

  it('the gradient of a rectifier passes at NaN, and is 0 where it is off, infinite or not', async () => {
    const y = floats([0, 2, nan, 0, 1]);
    const dy = floats([1, 2, 3, inf, -inf]);
    expectAll(await runFused(backend, 'reluGrad', [y, dy], {}, [y]), [[0, 2, 3, 0, -inf]], 'reluGrad');
  });

  it('an LSTM cell of any width, and its gradient', async () => {
    for (const [rows, width] of [
      [2, 1],
      [1, 3],
      [3, 4],
      [2, 9],
      [0, 4],
    ]) {
      const [gates, c] = [random([rows, 4 * width]), random([rows, width], 'float32', 2)];
      const [dh, dc] = [random([rows, width], 'float32', 3), random([rows, width], 'float32', 4)];
      const gatesOf = (i: number): number[] =>
        [0, 1, 2, 3].map((k) => gates.data[Math.floor(i / width) * 4 * width + k * width + (i % width)]);
      const units = Array.from(c.data, (value, i) => lstmUnit(gatesOf(i), value));
      const got = await runFused(backend, 'lstmCell', [gates, c], {}, [c, c, gates]);
      expectAll(got.slice(0, 2), [units.map(([h]) => h), units.map(([, next]) => next)], `lstmCell ${rows}, ${width}`);
      const inputs = [host(got[2], gates.shape, 'float32'), c, host(got[1], c.shape, 'float32'), dh, dc];
      const [dgates, dlast] = await runFused(backend, 'lstmCellGrad', inputs, {}, [gates, c]);
      const step = 1e-5;
      const moved = (i: number, gate: number, by: number): number => {
        const [h, next] = lstmUnit(
          gatesOf(i).map((value, k) => value + (k === gate ? by : 0)),
          c.data[i] + (gate === 4 ? by : 0),
        );
        return h * dh.data[i] + next * dc.data[i];
      };
      for (let i = 0; i < c.data.length; i++) {
        for (let gate = 0; gate <= 4; gate++) {
          const wanted = (moved(i, gate, step) - moved(i, gate, -step)) / (2 * step);
          const place = Math.floor(i / width) * 4 * width + gate * width + (i % width);
          expect(gate === 4 ? dlast[i] : dgates[place]).toBeCloseTo(wanted, 4);
        }
      }
    }
  });

  describe('steps', () => {
    it.each([1, 4, 6, 1001])('of Adam over %i elements', async (n) => {
      const [value, grad, m] = [1, 2, 3].map((seed) => random([n], 'float32', seed));
      const v = floats(Array.from(random([n], 'float32', 4).data, Math.abs));
      const attrs = { rate: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8, correction: 0.3, penalty: 0.1, shrink: 0.99 };
      const rows = Array.from(value.data, (theta, i) => adam(theta, grad.data[i], m.data[i], v.data[i], attrs));
      const got = await runFused(backend, 'adamStep', [value, grad, m, v], attrs, [value, value, value]);
      expectAll(
        got,
        [0, 1, 2].map((k) => rows.map((row) => row[k])),
        'adamStep',
      );
    });

    it.each([
      { momentum: 0, dampening: 0, nesterov: false },
      { momentum: 0.9, dampening: 0.3, nesterov: false },
      { momentum: 0.9, dampening: 0, nesterov: true },
    ])('of gradient descent, $momentum $dampening $nesterov', async (options) => {
      const attrs = { lr: 0.1, penalty: 0.2, ...options };
      const [value, grad, buffer] = [1, 2, 3].map((seed) => random([9], 'float32', seed));
      const rows = Array.from(value.data, (theta, i) => sgd(theta, grad.data[i], buffer.data[i], attrs));
      const inputs = options.momentum === 0 ? [value, grad] : [value, grad, buffer];
      const got = await runFused(backend, 'sgdStep', inputs, attrs, inputs.length === 2 ? [value] : [value, value]);
      expectAll(
        got,
        rows[0].map((_, k) => rows.map((row) => row[k])),
        'sgdStep',
      );
    });
  });

  it('of another dtype are refused', () => {
    expect(backend.fuses('softmax', 'int32')).toBe(false);
    const x = random([2, 2], 'int32');
    const buffer = backend.upload(x.data, x);
    const run = (): unknown => backend.runFused('softmax', [{ ...x, buffer }], { axis: 1 }, [x]);
    expect(run).toThrow(BackendError);
    expect(run).toThrow('softmax: fused kernels must be asked of a backend that fuses() them, got int32 on the wasm backend');
    backend.release(buffer);
  });

  it('that it does not have are refused', () => {
    expect(backend.fuses('maxPool2dGrad', 'float32')).toBe(false);
    const dy = random([1, 1, 1, 1]);
    const input = { ...dy, buffer: backend.upload(dy.data, dy) };
    const attrs = { kernelSize: [1, 1], stride: [1, 1], padding: [0, 0], dilation: [1, 1] } as const;
    expect(() => backend.runFused('maxPool2dGrad', [input, input], attrs, [dy])).toThrow(
      'maxPool2dGrad: fused kernels must be asked of a backend that fuses() them, got float32 on the wasm backend',
    );
    backend.release(input.buffer);
  });
}
