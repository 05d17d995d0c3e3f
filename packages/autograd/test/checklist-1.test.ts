import { createReferenceBackend, type NoAttrs, ShapeError } from '@dl/kernels';
import { BatchNorm2d, Conv2d, crossEntropy, Flatten, freeze, Linear, MaxPool2d, Sequential, Sigmoid, Tanh } from '@dl/layers';
import { Optimizer, signRule } from '@dl/optim';
import {
  add,
  all,
  apply,
  avgPool1d,
  concat,
  conv1d,
  conv2d,
  cos,
  currentBackend,
  equal,
  exp,
  expandTo,
  flip,
  log,
  logSumExp,
  matmul,
  mul,
  type Op,
  type OpRules,
  ones,
  Parameter,
  type Recorder,
  Rng,
  relu,
  reshape,
  sigmoid,
  sin,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  unfold,
  useBackend,
  vec,
  withRecorder,
} from '@dl/tensor';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  backwardGraph,
  checkGradients,
  customVjp,
  grad,
  grads,
  hessian,
  hvp,
  jacobian,
  jvp,
  numericalGradient,
  savedTensors,
  traceGraph,
  valueAndGrad,
  vjp,
} from '../src/index.ts';

beforeEach(() => useBackend(createReferenceBackend()));

const float64 = { dtype: 'float64' } as const;
const vector = (...values: number[]): Tensor => tensor(values, float64);
const random = (shape: readonly number[], seed = 1): Tensor => new Rng(seed).uniform(shape, { low: -1, ...float64 });

async function expectClose(got: Tensor, want: Tensor, digits = 10): Promise<void> {
  const [a, b] = [await got.data(), await want.data()];
  expect(got.shape).toEqual(want.shape);
  b.forEach((value, i) => {
    expect(a[i]).toBeCloseTo(Number(value), digits);
  });
}

describe('tensors as vectors', () => {
  test('1.2 vec is row-major, and elementwise functions pass through it', async () => {
    expect(
      await vec(
        tensor([
          [0, 1],
          [10, 11],
        ]),
      ).array(),
    ).toEqual([0, 1, 10, 11]);
    const x = random([2, 3, 4]);
    for (const f of [exp, sin, relu, sigmoid, tanh]) expect(await vec(f(x)).data()).toEqual(await f(vec(x)).data());
  });

  test('1.3 the Jacobian by vec has a row an output and a column an input; its size is named when it is refused', () => {
    const weight = ones([10, 3, 3, 3]);
    const layer = (x: Tensor): Tensor => conv2d(x, weight);
    expect(() => jacobian(layer)(ones([1, 3, 20, 20]))).toThrow('got 3240 × 1200 = 3888000');
    expect(jacobian((x) => vec(layer(reshape(x, [1, 3, 4, 4]))))(ones([48])).shape).toEqual([40, 48]);
  });

  test('1.4 the gradient of a number has the shape of what it is by', () => {
    for (const shape of [[], [3], [2, 3], [2, 1, 4, 3]]) expect(grad((x) => sum(sin(x)))(random(shape)).shape).toEqual(shape);
  });

  test('1.25 reshaping to a vector and back changes nothing, and channels are a field of vectors', async () => {
    const image = random([2, 3, 4, 5]);
    expect(await reshape(vec(image), image.shape).data()).toEqual(await image.data());
    const pixels = transpose(reshape(image, [2, 3, 20]), 1, 2);
    const mixed = matmul(pixels, random([3, 6], 2));
    const oneByOne = reshape(transpose(random([3, 6], 2)), [6, 3, 1, 1]);
    await expectClose(reshape(transpose(mixed, 1, 2), [2, 6, 4, 5]), conv2d(image, oneByOne));
  });
});

describe('the chain rule', () => {
  test('1.5 the product of local Jacobians is the gradient, n-fold and of tensors', async () => {
    const slopes = [Math.cos(0.7), Math.exp(Math.sin(0.7)), Math.cos(Math.exp(Math.sin(0.7)))];
    const scalar = grad((x) => sin(exp(sin(x))))(tensor(0.7, float64));
    expect(await scalar.item()).toBeCloseTo(
      slopes.reduce((a, b) => a * b),
      12,
    );
    const [w1, w2] = [random([4, 3]), random([2, 4], 2)];
    const first = (x: Tensor): Tensor => tanh(matmul(w1, x));
    const second = (y: Tensor): Tensor => sin(matmul(w2, y));
    const x = random([3], 3);
    const product = matmul(jacobian(second)(first(x)), jacobian(first)(x));
    await expectClose(jacobian((z) => second(first(z)))(x), product);
    await expectClose(grad((z) => sum(second(first(z))))(x), sum(product, 0));
  });

  const slideFunctions = (x1: Tensor, x2: Tensor): readonly [Tensor, Tensor] => {
    const product = mul(x1, x2);
    return [sin(product), add(product, log(x2))];
  };
  const at = (): [Tensor, Tensor] => [tensor(2, float64), tensor(3, float64)];

  test('1.6 reverse mode: f(2, 3) of the slide, and 0 along the path whose seed is 0', async () => {
    const { value, grads: byX } = vjp((a, b) => slideFunctions(a, b)[0], at(), tensor(1, float64));
    expect(await value.item()).toBeCloseTo(-0.27942, 5);
    expect(await byX[0].item()).toBeCloseTo(2.88051, 5);
    expect(await byX[1].item()).toBeCloseTo(1.92034, 5);
    const both = (a: Tensor, b: Tensor): Tensor => concat(slideFunctions(a, b).map((y) => reshape(y, [1])));
    const [dx1, dx2] = vjp(both, at(), vector(1, 0)).grads;
    expect([await dx1.item(), await dx2.item()]).toEqual([await byX[0].item(), await byX[1].item()]);
    expect(await vjp(both, at(), vector(0, 0)).grads[0].item()).toBe(0);
  });

  test('1.7 forward mode: the tangents of the slide, and <u, J v> = <Jᵀ u, v>', async () => {
    const one = tensor(1, float64);
    const zero = tensor(0, float64);
    const tangent = (y: 0 | 1, v: readonly Tensor[]): Promise<number> =>
      jvp((a, b) => slideFunctions(a, b)[y], at(), v).tangent.item();
    expect(await tangent(0, [one, zero])).toBeCloseTo(2.88051, 5);
    expect(await tangent(0, [zero, one])).toBeCloseTo(1.92034, 5);
    expect(await tangent(1, [one, zero])).toBeCloseTo(3, 12);
    expect(await tangent(1, [zero, one])).toBeCloseTo(2.33333, 5);
    const f = (x: Tensor): Tensor => tanh(matmul(x, exp(x)));
    const [x, v, u] = [random([3, 3]), random([3, 3], 2), random([3, 3], 3)];
    const left = await sum(mul(u, jvp(f, [x], [v]).tangent)).item();
    expect(left).toBeCloseTo(await sum(mul(vjp(f, [x], u).grads[0], v)).item(), 10);
  });

  test('1.16 the gradient of copying is the sum, and of the sum is copying', async () => {
    const seed = random([4, 3]);
    await expectClose(vjp((x) => expandTo(x, [4, 3]), [random([3])], seed).grads[0], sum(seed, 0));
    await expectClose(vjp((x) => sum(x, 0), [seed], vector(1, 2, 3)).grads[0], expandTo(vector(1, 2, 3), [4, 3]));
  });
});

describe('automatic differentiation is exact', () => {
  const f = (x: Tensor): Tensor => sum(mul(sin(x), exp(mul(x, tanh(x)))));

  test('1.8 it agrees with central differences to 1e-8 in float64, to 1e-5 in float32', async () => {
    const x = random([20]);
    const [exact, single] = [await grad(f)(x).data(), await grad(f)(x.cast('float32')).data()];
    const numeric = await numericalGradient(f, x);
    for (const [i, slope] of numeric.entries()) {
      expect(Math.abs(Number(exact[i]) / slope - 1)).toBeLessThan(1e-8);
      expect(Math.abs(Number(single[i]) / slope - 1)).toBeLessThan(1e-5);
    }
  });

  test('1.8 a product of n factors has a backward pass of order n, where the symbolic derivative has n² factors', () => {
    const ops = (n: number): number => {
      const product = (x: Tensor): Tensor => {
        let y = sin(x);
        for (let i = 1; i < n; i++) y = mul(y, sin(add(x, i)));
        return y;
      };
      return traceGraph(grad(product), [tensor(0.5, float64)]).nodes.filter(({ kind }) => kind === 'op').length;
    };
    expect(ops(40) - ops(20)).toBe(2 * (ops(20) - ops(10)));
    expect(ops(40)).toBeLessThan(40 * 10);
  });

  test('1.9 wiggling each weight and stepping against the sign lowers the loss of a small net', async () => {
    const x = random([16, 2]);
    const y = mul(sum(x, 1, { keepDims: true }), 0.5);
    const loss = (w: Tensor): Tensor => {
      const hidden = tanh(matmul(x, reshape(w.slice([[0, 8]]), [2, 4])));
      return matmul(hidden, reshape(w.slice([[8, 12]]), [4, 1]))
        .sub(y)
        .square()
        .mean();
    };
    const weights = new Parameter(random([12], 2));
    const optimizer = new Optimizer(signRule, [weights], { lr: 0.02 });
    const before = await loss(weights).item();
    for (let step = 0; step < 60; step++) {
      const slopes = await numericalGradient(loss, weights, { epsilon: 1e-6 });
      optimizer.step(new Map([[weights, tensor(slopes, float64)]]));
    }
    expect(await loss(weights).item()).toBeLessThan(before / 10);
  });

  test('1.9 in float32 a wiggle of 1e-6 is lost: beside 64 it is nothing, beside 1 mostly rounding', async () => {
    const cube = (x: Tensor): Tensor => sum(mul(mul(x, x), x));
    expect((await numericalGradient(cube, tensor([64]), { epsilon: 1e-6 }))[0]).toBeNaN();
    const [slope] = await numericalGradient(cube, tensor([1.3]), { epsilon: 1e-6 });
    expect(Math.abs(slope / (3 * 1.3 ** 2) - 1)).toBeGreaterThan(1e-3);
    const [double] = await numericalGradient(cube, vector(1.3), { epsilon: 1e-6 });
    expect(Math.abs(double / (3 * 1.3 ** 2) - 1)).toBeLessThan(1e-8);
  });

  test('1.11 vjp of the sigmoid is p s (1 - s), and holds vectors, never the diagonal matrix', async () => {
    const n = 1000;
    const [x, p] = [random([n]), random([n], 2)];
    const { bytes } = currentBackend().stats();
    const { value, grads: found } = vjp(sigmoid, [x], p);
    expect(currentBackend().stats().peakBytes - bytes).toBeLessThan(20 * n * 8);
    await expectClose(found[0], mul(p, mul(value, sub(1, value))), 14);
  });
});

describe('graphs', () => {
  const conv = (): Conv2d => new Conv2d(3, 10, 3);

  test('1.12 a layer forwards and in the mirror: transposed convolution, ReLU and max pooling', () => {
    const model = new Sequential(conv(), new MaxPool2d(2));
    const graph = traceGraph((x) => relu(model.forward(x)), [ones([1, 3, 20, 20])]);
    const blocks = backwardGraph(graph).nodes.map(({ label }) => label);
    expect(blocks.filter((label) => label.endsWith('ᵀ'))).toEqual(['reluᵀ', 'maxPool2dᵀ', 'addᵀ', 'conv2dᵀ']);
  });

  test('1.13 repeated on its own graph: sin″ = -sin, the Hessian of xᵀ A x is A + Aᵀ', async () => {
    const x = tensor(0.8, float64);
    expect(await grad(grad(sin))(x).item()).toBeCloseTo(-Math.sin(0.8), 12);
    const a = random([3, 3]);
    const quadratic = (y: Tensor): Tensor => sum(mul(y, matmul(a, y)));
    await expectClose(hessian(quadratic)(random([3], 2)), add(a, transpose(a)));
  });

  test('1.13 twice through convolution, batch norm, max pooling and cross-entropy: as differences of gradients', async () => {
    const [weight, gamma] = [random([4, 2, 3, 3], 5), random([4], 6)];
    const target = tensor([1, 3], { dtype: 'int32' });
    const norm = new BatchNorm2d(4, { affine: false, trackRunningStats: false });
    const pool = new Sequential(new MaxPool2d(2), new Flatten());
    const f = (x: Tensor): Tensor => {
      const maps = mul(norm.forward(conv2d(x, weight), { training: true }), reshape(gamma, [1, 4, 1, 1]));
      return crossEntropy(pool.forward(maps), target);
    };
    const [x, v] = [random([2, 2, 6, 6], 7), random([2, 2, 6, 6], 8)];
    const h = 1e-5;
    const difference = sub(grad(f)(add(x, mul(v, h))), grad(f)(sub(x, mul(v, h)))).div(2 * h);
    await expectClose(hvp(f, x, v), difference, 7);
  });

  test('1.14 ReLU keeps its output, max pooling the places, a convolution x and w', () => {
    const [x, w] = [ones([1, 3, 8, 8]), ones([4, 3, 3, 3])];
    const pool = new MaxPool2d(2);
    const { ops } = savedTensors(() => sum(pool.forward(relu(conv2d(x, w)))), [x, w]);
    const kept = ops.filter(({ saved }) => saved.length > 0);
    expect(kept.map(({ op, saved }) => [op, ...saved.map(({ role, dtype }) => `${role} ${dtype}`)])).toEqual([
      ['conv2d', 'input 0 float32', 'input 1 float32'],
      ['relu', 'output float32'],
      ['gather', 'input 1 int32'],
    ]);
  });

  test('1.15 convolution, ReLU, addition, sum: the corrected example, and the error of the first slide', async () => {
    const layer = conv();
    const [x0, x1] = [random([1, 3, 20, 20]).cast('float32'), ones([1, 10, 18, 18])];
    const run = (second: Tensor) => valueAndGrad(() => sum(add(relu(layer.forward(x0)), second)), [x0, second, layer.weight]);
    const { grads: found } = run(x1);
    expect([x0, x1, layer.weight].map((source) => found.get(source)?.shape)).toEqual([
      [1, 3, 20, 20],
      [1, 10, 18, 18],
      [10, 3, 3, 3],
    ]);
    expect(await all(equal(found.get(x1)!, 1)).item()).toBe(1);
    expect(() => run(ones([1, 10, 10, 10]))).toThrow(ShapeError);
    expect(() => run(ones([1, 10, 10, 10]))).toThrow(
      'add: shapes must broadcast, got 18 and 10 at axis 3 (a [1, 10, 18, 18], b [1, 10, 10, 10])',
    );
  });

  test('1.17 the backward pass multiplies twice as much as the forward pass', () => {
    class Products implements Recorder {
      total = 0;
      record<A>({ name }: OpRules<A>, [a, b]: readonly Tensor[], output: Tensor): void {
        // Of x [n, k], w [k, m] and their product, every pair has n k m products in it: √ of the sizes' product.
        if (name === 'matmul') this.total += Math.sqrt(a.size * b.size * output.size);
      }
    }
    const [x, w1, w2] = [random([8, 16]), random([16, 32], 2), random([32, 4], 3)];
    const mlp = (...ws: Tensor[]): Tensor => sum(matmul(relu(matmul(ws[0], ws[1])), ws[2]));
    const [forward, both] = [new Products(), new Products()];
    withRecorder(forward, () => mlp(x, w1, w2));
    withRecorder(both, () => grads(mlp)(x, w1, w2));
    expect(forward.total).toBeCloseTo(8 * 16 * 32 + 8 * 32 * 4, 6);
    expect((both.total - forward.total) / forward.total).toBeCloseTo(2, 12);
  });

  test('1.18 by the input, with frozen weights', async () => {
    const model = new Sequential(new Linear(3, 4), new Sigmoid(), new Linear(4, 1), new Tanh());
    freeze(model);
    expect(model.parameters()).toEqual([]);
    const x = random([1, 3]).cast('float32');
    const slopes = await grad((y) => sum(model.forward(y)))(x).data();
    const numeric = await numericalGradient((y) => sum(model.forward(y)), x);
    expect(numeric.some((slope) => Math.abs(slope) > 0.01)).toBe(true);
    for (const [i, slope] of numeric.entries()) expect(Math.abs(Number(slopes[i]) - slope)).toBeLessThan(1e-3);
  });
});

describe('functions of your own', () => {
  const softStep: Op<NoAttrs> = {
    name: 'softStep',
    infer: ([x]) => x,
    forward: (backend, inputs, _attrs, out) => backend.run('unary', inputs, { fn: 'sigmoid' }, out),
    vjp: [(g, { output: y }) => mul(g, mul(y, sub(1, y)))],
    jvp: [(t, { output: y }) => mul(t, mul(y, sub(1, y)))],
  };

  test('1.19 an op of its own is a record of seven lines, and differentiable in both modes and twice', async () => {
    const f = (x: Tensor): Tensor => apply(softStep, [x], {});
    expect(await checkGradients(f, [random([5])])).toBeLessThan(1e-8);
    await expectClose(
      hvp((x) => sum(f(x)), random([5]), random([5], 2)),
      hvp((x) => sum(sigmoid(x)), random([5]), random([5], 2)),
    );
    const composed = customVjp({ forward: (x) => sin(x), vjp: (g, [x]) => [mul(g, cos(x))] });
    expect(await checkGradients(composed, [random([5])])).toBeLessThan(1e-8);
  });

  test('1.19 an almost everywhere differentiable function: the gradient of relu at 0 is 0', async () => {
    expect(await grad((x) => sum(relu(x)))(vector(-1, 0, 1)).array()).toEqual([0, 0, 1]);
  });

  test('1.23 through loops, branches and recursion, the gradient of the path taken', async () => {
    const power = (x: Tensor, n: number): Tensor => (n === 0 ? mul(x, 0).add(1) : mul(x, power(x, n - 1)));
    expect(await grad((x: Tensor) => power(x, 5))(tensor(2, float64)).item()).toBe(80);
    const newton = (a: Tensor): Tensor => {
      let root = a;
      for (let i = 0; i < 8; i++) root = add(root, a.div(root)).mul(0.5);
      return root;
    };
    expect(await grad(newton)(tensor(2, float64)).item()).toBeCloseTo(1 / (2 * Math.SQRT2), 12);
    const branch = (x: Tensor, up: boolean): Tensor => (up ? exp(x) : sin(x));
    expect(await grad((x: Tensor) => branch(x, false))(tensor(0.3, float64)).item()).toBeCloseTo(Math.cos(0.3), 12);
  });

  test('1.24 log-sum-exp does not overflow, and is the cross-entropy plus the logit of the class', async () => {
    expect(await logSumExp(vector(1000, 1001)).item()).toBeCloseTo(1001 + Math.log1p(Math.exp(-1)), 9);
    const logits = random([1, 5]);
    const loss = await crossEntropy(logits, tensor([2], { dtype: 'int32' })).item();
    expect(loss).toBeCloseTo((await logSumExp(logits).item()) - Number((await logits.data())[2]), 12);
  });
});

describe('convolution', () => {
  test('1.20 is a product with a sparse Toeplitz matrix of shared numbers: 3 where a full matrix has 25', async () => {
    const weight = new Parameter(tensor([[[2, 3, 5]]], float64));
    const layer = (x: Tensor): Tensor => reshape(conv1d(reshape(x, [1, 1, 5]), weight, { padding: 1 }), [5]);
    const matrix = jacobian(layer)(random([5]));
    expect(await matrix.array()).toEqual([
      [3, 5, 0, 0, 0],
      [2, 3, 5, 0, 0],
      [0, 2, 3, 5, 0],
      [0, 0, 2, 3, 5],
      [0, 0, 0, 2, 3],
    ]);
    const x = random([5], 2);
    await expectClose(matmul(matrix, x), layer(x));
    expect([weight.size, matrix.size]).toEqual([3, 25]);
  });

  test('1.20 averaging is one, too', async () => {
    const matrix = jacobian((x) => reshape(avgPool1d(reshape(x, [1, 1, 4]), 2), [2]))(random([4]));
    expect(await matrix.array()).toEqual([
      [0.5, 0.5, 0, 0],
      [0, 0, 0.5, 0.5],
    ]);
  });

  test('1.21 im2col of 5 × 5 by 3 is 9 × 9, a column a window in row-major order; W X is the convolution', async () => {
    const image = reshape(
      tensor(
        Float64Array.from({ length: 25 }, (_, i) => i),
        float64,
      ),
      [1, 1, 5, 5],
    );
    const columns = unfold(image, 3);
    expect(columns.shape).toEqual([1, 9, 9]);
    const matrix = reshape(columns, [9, 9]);
    const column = async (j: number): Promise<number[]> => Array.from(await matrix.slice([null, [j, j + 1]]).data(), Number);
    expect(await column(0)).toEqual([0, 1, 2, 5, 6, 7, 10, 11, 12]);
    expect(await column(1)).toEqual([1, 2, 3, 6, 7, 8, 11, 12, 13]);
    expect(await column(3)).toEqual([5, 6, 7, 10, 11, 12, 15, 16, 17]);
    const weight = random([4, 1, 3, 3]);
    await expectClose(reshape(matmul(reshape(weight, [4, 9]), matrix), [1, 4, 3, 3]), conv2d(image, weight));
  });

  test('1.22 in the sense of mathematics is correlation with the kernel turned by 180°; layers correlate', async () => {
    const [x, w] = [random([1, 1, 4, 4]), random([1, 1, 2, 2], 2)];
    const [image, kernel] = [await x.data(), await w.data()];
    const at = (i: number, j: number): number => {
      let total = 0;
      for (let k = 0; k < 2; k++)
        for (let l = 0; l < 2; l++) total += Number(kernel[2 * k + l]) * Number(image[4 * (i - k) + (j - l)]);
      return total;
    };
    const convolved = tensor(
      Float64Array.from({ length: 9 }, (_, i) => at(1 + Math.floor(i / 3), 1 + (i % 3))),
      { shape: [1, 1, 3, 3], ...float64 },
    );
    await expectClose(conv2d(x, flip(w, [2, 3])), convolved);
    const impulse = tensor(
      [
        [
          [
            [0, 0, 0],
            [0, 1, 0],
            [0, 0, 0],
          ],
        ],
      ],
      float64,
    );
    await expectClose(conv2d(impulse, w), flip(w, [2, 3]));
  });
});
