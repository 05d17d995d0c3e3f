import { createReferenceBackend } from '@dl/kernels';
import { BatchNorm1d, Dropout, Linear, Sequential, Tanh } from '@dl/layers';
import {
  currentBackend,
  defaultRng,
  exp,
  manualSeed,
  mul,
  ones,
  Parameter,
  Rng,
  randn,
  sin,
  sum,
  type Tensor,
  tensor,
  useBackend,
  withRecorder,
} from '@dl/tensor';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkpoint, customVjp, grad, hvp, jvp, valueAndGrad } from '../src/index.ts';

const size = 100;

beforeEach(() => useBackend(createReferenceBackend()));

/** How many tensors of `size` were alive at once while `fn` ran, besides those that were before. */
function mostAlive(fn: () => unknown): number {
  const { bytes } = currentBackend().stats();
  fn();
  return (currentBackend().stats().peakBytes - bytes) / (8 * size);
}

function eightTimes(op: (x: Tensor) => Tensor): (x: Tensor) => Tensor {
  return (x) => {
    let y = x;
    for (let i = 0; i < 8; i++) y = op(y);
    return y;
  };
}

const vector = (value = 0.5): Tensor => ones([size], { dtype: 'float64' }).mul(value);
const eight = eightTimes(sin);
const sixtyFour = eightTimes(eight);
const inEights = eightTimes(checkpoint(eight));

describe('checkpoint', () => {
  test('has the value and the gradient of the function, to the bit', async () => {
    const x = vector();
    const plain = valueAndGrad(() => sum(sixtyFour(x)), [x]);
    const again = valueAndGrad(() => sum(inEights(x)), [x]);
    expect(await again.value.item()).toBe(await plain.value.item());
    expect(await again.grads.get(x)!.data()).toEqual(await plain.grads.get(x)!.data());
  });

  test('holds the ends of 8 pieces and the inside of one, instead of 64 results', () => {
    const x = vector();
    const checkpointed = mostAlive(() => grad((y) => sum(inEights(y)))(x));
    expect(checkpointed).toBeLessThan(8 + 8 + 8);
    expect(mostAlive(() => grad((y) => sum(sixtyFour(y)))(x))).toBeGreaterThan(64);
  });

  test('leaves nothing behind but the value and the gradients', () => {
    const weight = new Parameter(vector());
    const x = vector();
    const before = currentBackend().stats().buffers;
    valueAndGrad(() => sum(checkpoint((y) => sin(mul(y, weight)))(x)), [weight]);
    expect(currentBackend().stats().buffers).toBe(before + 2);
  });

  test('runs its function twice when there is a backward pass, once without', () => {
    let runs = 0;
    const f = checkpoint((x) => {
      runs++;
      return sum(sin(x));
    });
    f(vector());
    expect(runs).toBe(1);
    grad(f)(vector());
    expect(runs).toBe(3);
  });

  test('passes gradients to what the function uses besides its arguments', async () => {
    const w = new Parameter(tensor([2, 3], { dtype: 'float64' }));
    const x = tensor([5, 7], { dtype: 'float64' });
    const { grads } = valueAndGrad(() => {
      const early = mul(x, 10);
      return sum(checkpoint((y) => mul(mul(y, w), mul(early, tensor([1, 1], { dtype: 'float64' }))))(x));
    }, [w, x]);
    expect(await grads.get(w)!.array()).toEqual([250, 490]);
    expect(await grads.get(x)!.array()).toEqual([2 * 10 * 2 * 5, 2 * 10 * 3 * 7]);
  });

  test('tells recorders of what it uses, but not of what it makes inside', () => {
    const [w, x] = [vector(), vector()];
    const told: (readonly Tensor[])[] = [];
    withRecorder({ record: (_op, inputs) => told.push(inputs) }, () => checkpoint((y) => mul(mul(y, w), vector(3)))(x));
    expect(told).toEqual([[x, w]]);
  });

  test('counts an argument once that is given twice, and takes a function that returns its argument', async () => {
    const x = tensor([3], { dtype: 'float64' });
    const product = checkpoint((a, b) => mul(a, b));
    expect(await grad((y) => sum(product(y, y)))(x).array()).toEqual([6]);
    const same = checkpoint((y) => y);
    expect(await grad((y) => sum(mul(same(y), y)))(x).array()).toEqual([6]);
  });

  test('computes no gradient that nobody asked for', () => {
    const asked: boolean[] = [];
    const spy = (name: number) =>
      customVjp({
        forward: (y) => mul(y, 2),
        vjp: (g) => {
          asked[name] = true;
          return [g];
        },
      });
    const [ofX, ofW] = [spy(0), spy(1)];
    const w = new Parameter(vector());
    const x = vector();
    valueAndGrad(() => sum(checkpoint((y) => mul(ofX(y), ofW(w)))(x)), [w]);
    expect(asked).toEqual([undefined, true]);
  });

  test.each(['default generator', 'one of its own'])('drops the same elements again: %s', async (which) => {
    manualSeed(5);
    const rng = which === 'default generator' ? defaultRng() : new Rng(5);
    const block = new Sequential(new Linear(size, size), new Dropout(0.5), new Tanh());
    const forward = (x: Tensor): Tensor => block.forward(x, { training: true, rng });
    const x = randn([3, size]);
    const start = rng.state();
    const step = (f: (x: Tensor) => Tensor) => {
      rng.restore(start);
      return valueAndGrad(() => {
        const first = f(x);
        return sum(mul(f(first), rng.uniform([3, size])));
      }, block.parameters());
    };
    const plain = step(forward);
    const end = rng.state();
    const again = step(checkpoint(forward, which === 'default generator' ? {} : { rng }));
    expect(rng.state()).toEqual(end);
    for (const [parameter, found] of plain.grads) expect(await again.grads.get(parameter)!.data()).toEqual(await found.data());
  });

  test('updates running statistics once, also of a layer that is used twice', async () => {
    const x = randn([16, 4], { rng: new Rng(1) });
    const after = async (wrap: (f: (x: Tensor) => Tensor) => (x: Tensor) => Tensor) => {
      const norm = new BatchNorm1d(4);
      const f = wrap((y) => norm.forward(y, { training: true }));
      const { grads } = valueAndGrad(() => sum(sin(f(exp(f(x))))), norm.parameters());
      const read = [norm.runningMean!, norm.runningVar!, norm.numBatchesTracked!, ...grads.values()];
      return Promise.all(read.map((tensor) => tensor.data()));
    };
    expect(await after((f) => checkpoint(f))).toEqual(await after((f) => f));
  });

  test('nests, and has derivatives of any order in both modes', async () => {
    const x = tensor([0.3, -0.8], { dtype: 'float64' });
    const v = tensor([1, 2], { dtype: 'float64' });
    const plain = (y: Tensor): Tensor => sum(sin(exp(mul(y, y))));
    const inner = checkpoint((y) => exp(mul(y, y)));
    const nested = checkpoint((y) => sum(sin(inner(y))));
    const close = async (got: Tensor, want: Tensor) => {
      const [a, b] = [await got.data(), await want.data()];
      b.forEach((value, i) => {
        expect(a[i]).toBeCloseTo(Number(value), 10);
      });
    };
    await close(grad((y) => sum(grad(nested)(y)))(x), grad((y) => sum(grad(plain)(y)))(x));
    await close(jvp(nested, [x], [v]).tangent, jvp(plain, [x], [v]).tangent);
    await close(hvp(nested, x, v), hvp(plain, x, v));
  });
  test('keeps for the rules inside it what they captured', async () => {
    const late = { value: undefined as Tensor | undefined };
    const custom = customVjp({ forward: (y) => exp(y), vjp: (g) => [mul(g, late.value ?? 0)] });
    const f = (x: Tensor): Tensor => {
      late.value = mul(checkpoint(custom)(mul(x, 1)), 3);
      return sum(late.value);
    };
    expect((await grad(f)(vector(0.3)).data())[0]).toBeCloseTo(9 * Math.exp(0.3), 12);
  });
});
