import { createReferenceBackend, type NoAttrs } from '@dl/kernels';
import {
  add,
  apply,
  currentBackend,
  DisposedError,
  exp,
  keep,
  mul,
  type Op,
  ones,
  Parameter,
  relu,
  reshape,
  sin,
  sum,
  type Tensor,
  tensor,
  useBackend,
} from '@dl/tensor';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { customVjp, GradientTape, grad, grads, jacobian, valueAndGrad, vjp } from '../src/index.ts';

const size = 100;
const depth = 40;

beforeEach(() => useBackend(createReferenceBackend()));

const live = (): number => currentBackend().stats().buffers;

/** How many tensors of `size` were alive at once while `fn` ran, besides those that were before. */
function mostAlive(fn: () => unknown): number {
  const { bytes } = currentBackend().stats();
  fn();
  return (currentBackend().stats().peakBytes - bytes) / (8 * size);
}

const vector = (value = 0.5): Tensor => ones([size], { dtype: 'float64' }).mul(value);

/** `depth` ops, each of which keeps one tensor for its rule. */
function chain(x: Tensor, op: (x: Tensor) => Tensor = sin): Tensor {
  let y = x;
  for (let i = 0; i < depth; i++) y = op(y);
  return y;
}

describe('a backward pass for the last time', () => {
  const functions: readonly (readonly [string, (fn: (x: Tensor) => Tensor, x: Tensor) => unknown])[] = [
    ['grad', (fn, x) => grad((y) => sum(fn(y)))(x)],
    ['valueAndGrad', (fn, x) => valueAndGrad(() => sum(fn(x)), [x])],
    ['vjp', (fn, x) => vjp(fn, [x], vector())],
  ];

  test.each(functions)('needs little more memory than the forward pass (%s)', (_, differentiate) => {
    const x = vector();
    expect(mostAlive(() => differentiate(chain, x))).toBeLessThan(depth + 6);
  });

  test.each(functions)('has freed the forward pass when it comes to the first op (%s)', (_, differentiate) => {
    const x = vector();
    const before = live();
    let atFirst = Number.NaN;
    const first: Op<NoAttrs> = {
      name: 'first',
      infer: ([y]) => y,
      forward: (backend, inputs, _attrs, out) => backend.run('unary', inputs, { fn: 'exp' }, out),
      vjp: [
        (g) => {
          atFirst = live();
          return g;
        },
      ],
    };
    differentiate((y) => chain(apply(first, [y], {})), x);
    expect(atFirst - before).toBeLessThan(8);
  });

  test('frees what a rule makes on its way', () => {
    const x = vector();
    const wasteful = customVjp({ forward: (y) => sin(y), vjp: (g) => [chain(g, exp)] });
    expect(mostAlive(() => grad((y) => sum(wasteful(wasteful(wasteful(y)))))(x))).toBeLessThan(depth + 10);
  });

  test('leaves the value, the gradients and nothing else', async () => {
    const x = vector();
    const before = live();
    const { value, grads } = valueAndGrad(() => sum(chain(x)), [x]);
    expect(live()).toBe(before + 2);
    expect([value.isDisposed, grads.get(x)?.isDisposed]).toEqual([false, false]);
  });

  test('leaves what the caller holds', async () => {
    const weight = new Parameter(vector());
    const outside = vector(2);
    let kept: Tensor | undefined;
    let lost: Tensor | undefined;
    valueAndGrad(() => {
      lost = mul(weight, outside);
      kept = keep(exp(lost));
      return sum(mul(kept, outside));
    }, [weight]);
    expect([kept?.isDisposed, weight.isDisposed, outside.isDisposed, lost?.isDisposed]).toEqual([false, false, false, true]);
    expect(() => lost?.buffer).toThrow(DisposedError);
    expect(() => lost?.buffer).toThrow(/freed by backward/);
  });

  test('leaves a value that other ops went on from', async () => {
    const x = vector(1);
    const { value, grads } = valueAndGrad(() => {
      const y = sum(x);
      exp(y);
      return y;
    }, [x]);
    expect(await value.item()).toBe(size);
    expect((await grads.get(x)?.data())?.[0]).toBe(1);
  });

  test('shares gradients that rules pass on', async () => {
    const [x, y] = [vector(1), vector(2)];
    const [dx, dy] = grads((a, b) => {
      const both = add(add(a, b), add(a, a));
      return sum(add(reshape(both, [1, size]), reshape(exp(b), [1, size])));
    })(x, y);
    expect([(await dx.data())[0], (await dy.data())[0]]).toEqual([3, 1 + Math.exp(2)]);
    dx.dispose();
    expect((await dy.data())[0]).toBe(1 + Math.exp(2));
  });

  test('leaves a tensor of the forward pass that is a gradient, too', async () => {
    const product = customVjp({ forward: (a, b) => mul(a, b), vjp: (_g, [a, b]) => [b, a] });
    const [dx] = grads((x) => sum(product(exp(x), sin(x))))(vector(0.3));
    expect((await dx.data())[0]).toBeCloseTo(Math.exp(0.3) * (Math.sin(0.3) + Math.cos(0.3)), 12);
  });
});

describe('what must not be freed', () => {
  test('is what the rules of a user capture', async () => {
    const x = vector(0.3);
    const f = (y: Tensor): Tensor => {
      const doubled = mul(y, 2);
      const mask = relu(doubled);
      const late = { value: undefined as Tensor | undefined };
      const custom = customVjp({ forward: (z) => exp(z), vjp: (g) => [add(mul(g, mask), late.value ?? 0)] });
      const z = sin(custom(doubled));
      late.value = mul(z, 3);
      return sum(mul(late.value, mask));
    };
    const [got] = [await grad(f)(x).data()];
    using tape = new GradientTape();
    const [want] = tape.gradients(f(x), [x]);
    expect(got).toEqual(await want.data());
  });

  test('is what a rule computes again', async () => {
    const block = (x: Tensor): Tensor => sin(exp(x));
    const checkpoint = customVjp({ forward: block, vjp: (g, inputs) => vjp(block, inputs, g).grads });
    const x = vector(0.3);
    const f = (op: (x: Tensor) => Tensor) => grad((y) => sum(chain(y, op)))(x).data();
    expect(mostAlive(() => grad((y) => sum(chain(y, checkpoint)))(x))).toBeLessThan(depth + 10);
    expect(await f(checkpoint)).toEqual(await f(block));
  });

  test('is what an outer recorder may need', async () => {
    const x = vector(0.3);
    const cube = (y: Tensor): Tensor => sum(mul(mul(y, y), y));
    const second = grad((y) => sum(grad(cube)(y)))(x);
    expect((await second.data())[0]).toBeCloseTo(6 * 0.3, 12);
    const third = grad((y) => sum(grad((z) => sum(grad(cube)(z)))(y)))(x);
    expect((await third.data())[0]).toBeCloseTo(6, 12);
  });

  test('is a tape that can be asked again, but its gradients on the way are', async () => {
    const x = vector(0.3);
    const tape = new GradientTape();
    const loss = sum(chain(x));
    const recorded = live();
    const [first] = tape.gradients(loss, [x]);
    // The gradient, and the one of the loss that it began with.
    expect(live()).toBeLessThanOrEqual(recorded + 2);
    const [again] = tape.gradients(loss, [x]);
    expect(await again.data()).toEqual(await first.data());
    tape.dispose();
  });

  test('is a tape that is asked for every row', async () => {
    const x = tensor([0.1, 0.2, 0.3], { dtype: 'float64' });
    const matrix = await jacobian((y) => exp(mul(sin(y), y)))(x).data();
    const slope = (v: number) => Math.exp(Math.sin(v) * v) * (Math.cos(v) * v + Math.sin(v));
    for (let i = 0; i < 9; i++) expect(matrix[i]).toBeCloseTo(i % 4 === 0 ? slope([0.1, 0.2, 0.3][i / 4]) : 0, 12);
  });
});

test('random programs have the gradients of a tape that frees nothing, and leave nothing', async () => {
  const ops: readonly ((a: Tensor, b: Tensor) => Tensor)[] = [
    (a, b) => add(a, b),
    (a) => add(a, a),
    (a, b) => mul(sin(a), b),
    (a) => relu(a),
    (a) => reshape(reshape(a, [1, 4]), [4]),
    (a, b) => add(a, sum(b)),
    (a) => mul(a, 0.5),
  ];
  const step = fc.record({ op: fc.nat(ops.length - 1), a: fc.nat(), b: fc.nat() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), fc.nat(), async (steps, end) => {
      const sources = [tensor([1, -2, 3, -4], { dtype: 'float64' }), tensor([0.1, 0.2, -0.3, 0.4], { dtype: 'float64' })];
      const program = (): Tensor => {
        const made = [...sources];
        for (const { op, a, b } of steps) made.push(ops[op](made[a % made.length], made[b % made.length]));
        return sum(mul(made[end % made.length], made[made.length - 1]));
      };
      const before = live();
      const found = valueAndGrad(program, sources);
      const got = await Promise.all(sources.map((source) => found.grads.get(source)?.data()));
      for (const grad of found.grads.values()) grad.dispose();
      found.value.dispose();
      expect(live()).toBe(before);
      const tape = new GradientTape();
      const want = tape.gradients(program(), sources);
      tape.dispose();
      expect(got).toEqual(await Promise.all(want.map((grad) => grad.data())));
    }),
  );
});
