// Times kernels through the public API, built first: npx tsc -b packages/kernels-wasm && node packages/kernels-wasm/scripts/bench.mjs [filter]
// Prints, for one thread and for several (--threads=2, say; default: as many as there are), the median and the best of several runs, and how
// much faster several are. One thread is timed in CPU time, since other work may share the machine; several by the clock, which says something
// only on a machine that has nothing else to do: the last column is the CPU time that they got for each second.
// With --relaxed on Node 20, pass --experimental-wasm-relaxed-simd to node. With --no-winograd all convolutions are
// products of patches.
import { createWasmBackend } from '../dist/index.js';

const relaxedSimd = process.argv.includes('--relaxed');
const wished = process.argv.find((argument) => argument.startsWith('--threads='));
const winograd = !process.argv.includes('--no-winograd');
const one = createWasmBackend({ relaxedSimd, winograd, threads: 1 });
const many = createWasmBackend({ relaxedSimd, winograd, ...(wished && { threads: Number(wished.slice(10)) }) });
const filter = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '';
const runs = 21;
const plain = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 };

function tensor(shape, dtype = 'float32') {
  const size = shape.reduce((a, b) => a * b, 1);
  const values = Float32Array.from({ length: size }, () => Math.random() - 0.5);
  return { shape, dtype, data: dtype === 'float32' ? values : values.map((v) => (v > 0 ? 1 : 0)) };
}

function upload(backend, { shape, dtype, data }) {
  return { shape, dtype, buffer: backend.upload(data, { shape, dtype }) };
}

/** CPU seconds of this process so far, its workers' too. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Median and best seconds of one call by `now`, each sample of enough calls to last some milliseconds. */
function time(call, now) {
  for (let i = 0; i < 5; i++) call();
  const start = now();
  call();
  const repeats = Math.max(1, Math.min(50000, Math.round(0.003 / Math.max(1e-7, now() - start))));
  for (let i = 0; i < repeats; i++) call();
  const [cpuBefore, before] = [cpu(), performance.now()];
  const times = Array.from({ length: runs }, () => {
    const from = now();
    for (let i = 0; i < repeats; i++) call();
    return (now() - from) / repeats;
  }).sort((a, b) => a - b);
  const got = ((cpu() - cpuBefore) * 1000) / (performance.now() - before);
  return { median: times[runs >> 1], best: times[0], got };
}

/** Has the workers of `many` start and join. */
async function warmUp() {
  const x = upload(many, tensor([512, 512]));
  const attrs = { transposeA: false, transposeB: false };
  const until = performance.now() + 2000;
  while (performance.now() < until) {
    many.release(many.run('matmul', [x, x], attrs, { shape: x.shape, dtype: x.dtype }));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function report(name, flops, kernel, inputs, attrs, out) {
  if (!name.includes(filter)) return;
  const spec = { dtype: 'float32', ...out };
  const [alone, together] = [one, many].map((backend) => {
    const own = inputs.map((input) => upload(backend, input));
    const clock = backend === one ? cpu : () => performance.now() / 1000;
    const result = time(() => backend.release(backend.run(kernel, own, attrs, spec)), clock);
    for (const { buffer } of own) backend.release(buffer);
    return result;
  });
  const columns = [alone, together].map(({ median, best }) => {
    const duration = median < 1e-5 ? `${(median * 1e9).toFixed(0)} ns` : `${(median * 1e6).toFixed(0)} µs`;
    const rate = flops > 0 ? `${(flops / median / 1e9).toFixed(1)} (best ${(flops / best / 1e9).toFixed(1)}) G/s` : '';
    return duration.padStart(10) + rate.padStart(24);
  });
  const gain = `${(alone.best / together.best).toFixed(2)}x`;
  console.log(name.padEnd(40) + columns.join(' |') + gain.padStart(8) + together.got.toFixed(2).padStart(6));
}

function matmul(m, k, n, transposeA = false, transposeB = false) {
  const a = tensor(transposeA ? [k, m] : [m, k]);
  const b = tensor(transposeB ? [n, k] : [k, n]);
  const name = `gemm ${m}x${k}x${n}${transposeA ? ' aT' : ''}${transposeB ? ' bT' : ''}`;
  report(name, 2 * m * k * n, 'matmul', [a, b], { transposeA, transposeB }, { shape: [m, n] });
}

function conv(n, c, size, o, kernel, attrs = {}) {
  const all = { ...plain, ...attrs };
  const out = Math.floor((size + 2 * all.padding[0] - all.dilation[0] * (kernel - 1) - 1) / all.stride[0]) + 1;
  const x = tensor([n, c, size, size]);
  const w = tensor([o, c / all.groups, kernel, kernel]);
  const dy = tensor([n, o, out, out]);
  const flops = 2 * n * o * out * out * (c / all.groups) * kernel * kernel;
  const name = `conv ${c}->${o} ${kernel}x${kernel} s${all.stride[0]} d${all.dilation[0]} g${all.groups} @${size} b${n}`;
  report(name, flops, 'conv2d', [x, w], all, dy);
  report(`${name} dx`, flops, 'conv2dInputGrad', [dy, w], all, x);
  report(`${name} dw`, flops, 'conv2dWeightGrad', [x, dy], all, w);
}

await warmUp();
const { mode, threads } = many.info();
console.log(`${mode}, 1 | ${threads} threads`);
matmul(256, 256, 256);
matmul(512, 512, 512);
matmul(512, 512, 512, true);
matmul(512, 512, 512, false, true);
matmul(1024, 1024, 1024);
matmul(32, 784, 128, false, true);
matmul(64, 576, 3136);
matmul(64, 400, 120, false, true);
matmul(64, 120, 84, false, true);
matmul(64, 84, 10, false, true);
matmul(64, 10, 84);
matmul(10, 64, 84, true);
matmul(400, 64, 120, true);
matmul(1, 1024, 1024);
matmul(1, 1024, 1024, false, true);
matmul(1024, 1024, 1);
matmul(2, 1024, 1024, false, true);
conv(8, 64, 56, 64, 3, { padding: [1, 1] });
conv(64, 1, 28, 32, 5, { padding: [2, 2] });
conv(64, 1, 28, 6, 5, { padding: [2, 2] });
conv(64, 6, 14, 16, 5);
conv(64, 16, 32, 16, 3, { padding: [1, 1] });
conv(64, 32, 16, 32, 3, { padding: [1, 1] });
conv(64, 64, 8, 64, 3, { padding: [1, 1] });
conv(8, 64, 56, 128, 3, { padding: [1, 1], stride: [2, 2] });
conv(8, 64, 56, 64, 1);
conv(8, 256, 14, 256, 3, { padding: [1, 1] });
conv(8, 512, 7, 512, 3, { padding: [1, 1] });
conv(8, 3, 224, 64, 7, { padding: [3, 3], stride: [2, 2] });
conv(8, 128, 28, 128, 3, { padding: [1, 1], groups: 128 });
conv(8, 64, 56, 64, 3, { padding: [2, 2], dilation: [2, 2] });

for (const n of [64, 1024, 1 << 16, 1 << 20]) {
  const a = tensor([n]);
  const b = tensor([n]);
  report(`add ${n}`, n, 'binary', [a, b], { fn: 'add' }, { shape: [n] });
  if (n > 64)
    for (const fn of [
      'relu',
      'exp',
      'tanh',
      'erf',
      'log',
      'sin',
      'softplus',
      'expm1',
      'log1p',
      'sinh',
      'asinh',
      'sigmoid',
      'atan',
      'asin',
    ])
      report(`${fn} ${n}`, n, 'unary', [a], { fn }, { shape: [n] });
  if (n > 64) report(`pow ${n}`, n, 'binary', [a, b], { fn: 'pow' }, { shape: [n] });
  if (n > 64) report(`greater ${n}`, n, 'binary', [a, b], { fn: 'greater' }, { shape: [n], dtype: 'bool' });
  report(`sum ${n}`, n, 'reduce', [a], { fn: 'sum', axes: [0] }, { shape: [] });
}
const image = tensor([64, 6, 28, 28]);
report('add [64,6,28,28] + [6,1,1]', 64 * 6 * 784, 'binary', [image, tensor([6, 1, 1])], { fn: 'add' }, { shape: image.shape });
report('add [64,120] + [120]', 64 * 120, 'binary', [tensor([64, 120]), tensor([120])], { fn: 'add' }, { shape: [64, 120] });
report('sum [64,6,28,28] to [6]', 64 * 6 * 784, 'reduce', [image], { fn: 'sum', axes: [0, 2, 3] }, { shape: [6] });
report('sum [64,120] to [120]', 64 * 120, 'reduce', [tensor([64, 120])], { fn: 'sum', axes: [0] }, { shape: [120] });
report('max [64,10] to [64,1]', 640, 'reduce', [tensor([64, 10])], { fn: 'max', axes: [1] }, { shape: [64, 1] });
report(
  'transpose [512,512]',
  512 * 512,
  'copyStrided',
  [tensor([512, 512])],
  { offset: 0, strides: [1, 512] },
  { shape: [512, 512] },
);
const pool = { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1] };
report('maxPool2dIndices 2x2 [64,6,28,28]', 64 * 6 * 784, 'maxPool2dIndices', [image], pool, {
  shape: [64, 6, 14, 14],
  dtype: 'int32',
});
report(
  'avgPool2d 2x2 [64,6,28,28]',
  64 * 6 * 784,
  'avgPool2d',
  [image],
  { ...pool, countIncludePad: true },
  { shape: [64, 6, 14, 14] },
);
const places = { shape: [64 * 6, 196], dtype: 'int32' };
const index = { ...places, data: Int32Array.from({ length: 64 * 6 * 196 }, (_, i) => (i % 196) * 4) };
report(
  'gather [384,784] by [384,196]',
  0,
  'gather',
  [{ ...image, shape: [384, 784] }, index],
  { axis: 1 },
  { shape: [384, 196] },
);
report('scatterAdd [384,196] to [384,784]', 0, 'scatterAdd', [index, tensor([384, 196])], { axis: 1 }, { shape: [384, 784] });
report(
  'avgPool2dGrad 3x3 s2 to [64,6,28,28]',
  0,
  'avgPool2dGrad',
  [tensor([64, 6, 14, 14])],
  { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], dilation: [1, 1], countIncludePad: true },
  image,
);
report(
  'avgPool2dGrad 2x2 to [64,6,28,28]',
  0,
  'avgPool2dGrad',
  [tensor([64, 6, 14, 14])],
  { ...pool, countIncludePad: true },
  image,
);
report('randomBits 65536', 65536, 'randomBits', [], { key: [1, 2], counter: 0 }, { shape: [65536] });
report('argsort 65536', 65536, 'argsort', [tensor([65536])], { axis: 0, descending: false }, { shape: [65536], dtype: 'int32' });
