import type { Backend, BinaryFn, KernelAttrs, KernelInput, KernelName, Shape, TensorSpec, UnaryFn } from '@dl/kernels';
import { sizeOf } from '@dl/kernels';
import { type HostInput, host, random, seeded } from './harness.ts';

interface Call<K extends KernelName = KernelName> {
  readonly kernel: K;
  readonly inputs: readonly HostInput[];
  readonly attrs: KernelAttrs[K];
  readonly out: TensorSpec;
}

type Draw = (least: number, most: number) => number;

function call<K extends KernelName>(
  kernel: K,
  inputs: readonly HostInput[],
  attrs: KernelAttrs[K],
  shape: Shape,
  dtype: TensorSpec['dtype'] = 'float32',
): Call {
  return { kernel, inputs, attrs, out: { shape, dtype } } as Call;
}

const unaryFns: readonly UnaryFn[] = ['neg', 'relu', 'exp', 'tanh', 'sin', 'sinh', 'atan', 'erf', 'sigmoid', 'floor'];
const binaryFns: readonly BinaryFn[] = ['add', 'mul', 'div', 'pow', 'remainder', 'maximum', 'less', 'equal'];
const folds = ['sum', 'prod', 'min', 'max'] as const;

/** Images, weights and geometry of a convolution, any of whose parts may be left over. */
function convolution(draw: Draw) {
  const groups = draw(0, 3) === 0 ? draw(2, 4) : 1;
  const [c, o, k] = [draw(1, 12), draw(1, 20), draw(1, 3)];
  const attrs = {
    stride: [draw(1, 2), draw(1, 2)],
    padding: [draw(0, 2), draw(0, 2)],
    dilation: [draw(1, 2), draw(1, 2)],
    groups,
  } as const;
  const [h, w] = [draw(8, 30), draw(8, 30)];
  const extent = (size: number, axis: 0 | 1) =>
    Math.floor((size + 2 * attrs.padding[axis] - attrs.dilation[axis] * (k - 1) - 1) / attrs.stride[axis]) + 1;
  const n = draw(1, 9);
  const x = [n, c * groups, h, w];
  const weights = [o * groups, c, k, k];
  return { attrs, x, weights, y: [n, o * groups, extent(h, 0), extent(w, 1)] };
}

const makers: readonly ((draw: Draw) => Call)[] = [
  (draw) => {
    const shape = [draw(1, 60_000)];
    return call('unary', [random(shape)], { fn: unaryFns[draw(0, unaryFns.length - 1)] }, shape);
  },
  (draw) => {
    const fn = binaryFns[draw(0, binaryFns.length - 1)];
    const shape = [draw(1, 30), draw(1, 40), draw(1, 50)];
    const drop = (keep: number) => shape.map((extent, axis) => ((keep >> axis) & 1 ? extent : 1));
    const inputs = [random(drop(draw(0, 7) | 1)), random(drop(draw(0, 7) | 6), 'float32', 2)];
    return call('binary', inputs, { fn }, shape, fn === 'less' || fn === 'equal' ? 'bool' : 'float32');
  },
  (draw) => {
    const shape = [draw(1, 20), draw(1, 30), draw(1, 60)];
    const inputs = [random([shape[0], 1, shape[2]], 'bool'), random(shape), random([shape[1], 1], 'float32', 3)];
    return call('select', inputs, {}, shape);
  },
  (draw) => {
    const shape = [draw(1, 12), draw(1, 40), draw(1, 12), draw(1, 60)];
    const axes = shape.map((_, axis) => axis).filter(() => draw(0, 1) === 1);
    const out = shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
    const dtype = draw(0, 3) === 0 ? 'int32' : 'float32';
    return call('reduce', [random(shape, dtype)], { fn: folds[draw(0, 3)], axes }, out, dtype);
  },
  (draw) => call('reduce', [random([draw(1, 3), draw(1, 100_000)])], { fn: folds[draw(0, 3)], axes: [0, 1] }, []),
  (draw) => {
    const [m, k, n, batch] = [draw(1, 150), draw(1, 150), draw(1, 200), draw(1, 5)];
    const [transposeA, transposeB] = [draw(0, 1) === 1, draw(0, 1) === 1];
    const a = random([batch, ...(transposeA ? [k, m] : [m, k])]);
    const b = random([...(draw(0, 1) ? [batch] : []), ...(transposeB ? [n, k] : [k, n])], 'float32', 2);
    return call('matmul', [a, b], { transposeA, transposeB }, [batch, m, n]);
  },
  (draw) => {
    const { attrs, x, weights, y } = convolution(draw);
    return call('conv2d', [random(x), random(weights)], attrs, y);
  },
  (draw) => {
    const { attrs, x, weights, y } = convolution(draw);
    return call('conv2dInputGrad', [random(y), random(weights)], attrs, x);
  },
  (draw) => {
    const { attrs, x, weights, y } = convolution(draw);
    return call('conv2dWeightGrad', [random(x), random(y)], attrs, weights);
  },
  (draw) => {
    const shape = [draw(1, 200), draw(1, 200), draw(1, 4)];
    const strides = [draw(0, 1) ? 1 : 0, shape[0], shape[0] * shape[1]];
    return call('copyStrided', [random([shape.reduce((a, b) => a * b, 1)])], { offset: 0, strides }, shape);
  },
  (draw) => call('randomBits', [], { key: [draw(0, 99), 7], counter: draw(0, 1e6) }, [draw(1, 40_000)]),
  (draw) => {
    const [outer, extent, count, inner] = [draw(1, 20), draw(1, 60), draw(1, 80), draw(1, 40)];
    const index = host(
      Int32Array.from({ length: outer * count * inner }, () => draw(0, extent - 1)),
      [outer, count, inner],
      'int32',
    );
    if (draw(0, 1)) return call('gather', [random([outer, extent, inner]), index], { axis: 1 }, index.shape);
    return call('scatterAdd', [index, random(index.shape)], { axis: 1 }, [outer, extent, inner]);
  },
  (draw) => {
    const [extent, count, inner] = [draw(1, 60), draw(1, 200), draw(1, 300)];
    const index = host(
      Int32Array.from({ length: count }, () => draw(0, extent - 1)),
      [count],
      'int32',
    );
    if (draw(0, 1)) return call('indexSelect', [random([extent, inner]), index], { axis: 0 }, [count, inner]);
    return call('indexAdd', [index, random([count, inner])], { axis: 0 }, [extent, inner]);
  },
  (draw) => {
    const shape = [draw(1, 50), draw(1, 90), draw(1, 6)];
    const [argsort, max] = [draw(0, 1) === 1, draw(0, 1) === 1];
    if (argsort) return call('argsort', [random(shape)], { axis: 1, descending: max }, shape, 'int32');
    return call('argReduce', [random(shape)], { fn: max ? 'max' : 'min', axis: 1 }, [shape[0], 1, shape[2]], 'int32');
  },
  (draw) => {
    const shape = [draw(1, 50), draw(1, 90), draw(1, 6)];
    return call('cumulativeSum', [random(shape)], { axis: 1, exclusive: draw(0, 1) === 1, reverse: draw(0, 1) === 1 }, shape);
  },
  (draw) => {
    const [n, c, h, w] = [draw(1, 6), draw(1, 9), draw(4, 30), draw(4, 30)];
    const pool = { kernelSize: [2, 3], stride: [2, 1], padding: [0, 1], dilation: [1, 1] } as const;
    const y = [n, c, Math.floor((h - 2) / 2) + 1, w];
    const which = draw(0, 2);
    if (which === 0) return call('maxPool2dIndices', [random([n, c, h, w])], pool, y, 'int32');
    if (which === 1) return call('avgPool2d', [random([n, c, h, w])], { ...pool, countIncludePad: true }, y);
    return call('avgPool2dGrad', [random(y)], { ...pool, countIncludePad: false }, [n, c, h, w]);
  },
  (draw) => {
    const [x, y] = [
      [draw(1, 5), draw(1, 9), draw(1, 20), draw(1, 20)],
      [draw(1, 30), draw(1, 30)],
    ];
    const attrs = { mode: draw(0, 1) ? 'nearest' : 'bilinear', alignCorners: false } as const;
    const out = [x[0], x[1], ...y];
    if (draw(0, 1)) return call('resize2d', [random(x)], attrs, out);
    return call('resize2dGrad', [random(out)], attrs, x);
  },
];

/** The elements that kernel number `seed` gives, in an endless series of random ones. */
export async function runRandomKernel(backend: Backend, seed: number): Promise<void> {
  const next = seeded(seed * 7919);
  const draw: Draw = (least, most) => least + Math.floor(next() * (most - least + 1));
  const { kernel, inputs, attrs, out } = makers[seed % makers.length](draw);
  const uploaded: KernelInput[] = inputs.map((input) => ({ ...input, buffer: backend.upload(input.data, input) }));
  const buffer = backend.run(kernel, uploaded, attrs, out);
  const result = await backend.read({ ...out, buffer });
  if (result.length !== sizeOf(out.shape)) throw new Error(`${kernel} gave ${result.length} elements`);
  for (const input of uploaded) backend.release(input.buffer);
  backend.release(buffer);
}
