import { DTypeError, GradientError, ShapeError } from '@dl/kernels';
import {
  add,
  apply,
  currentBackend,
  exp,
  keep,
  matmul,
  mul,
  type Op,
  Parameter,
  relu,
  sum,
  type Tensor,
  tensor,
  tidy,
  useBackend,
} from '@dl/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { grad, grads, hessian, jacobian, valueAndGrad } from '../src/index.ts';

beforeAll(() => useBackend('reference'));

const vector = (...values: number[]): Tensor => tensor(values, { dtype: 'float64' });

describe('valueAndGrad', () => {
  test('gives the value and a gradient for every source', async () => {
    const a = tensor(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      { dtype: 'float64' },
    );
    const b = tensor(
      [
        [1, 0],
        [2, -1],
        [3, 1],
      ],
      { dtype: 'float64' },
    );
    const { value, grads } = valueAndGrad(() => sum(relu(matmul(a, b))), [a, b]);
    expect(await value.item()).toBe(14 + 1 + 32 + 1);
    expect(await grads.get(a)!.array()).toEqual([
      [1, 1, 4],
      [1, 1, 4],
    ]);
    expect(await grads.get(b)!.array()).toEqual([
      [5, 5],
      [7, 7],
      [9, 9],
    ]);
  });

  test('sums the shares of a tensor that is used several times', async () => {
    const x = vector(3);
    const { grads } = valueAndGrad(() => sum(add(mul(x, x), x)), [x]);
    expect(await grads.get(x)!.item()).toBe(7);
  });

  test('gives zeros for a source that the value does not depend on', async () => {
    const x = vector(3);
    const unused = vector(1, 2);
    const { grads } = valueAndGrad(() => sum(x), [x, unused]);
    expect(await grads.get(unused)!.array()).toEqual([0, 0]);
  });

  test('differentiates through loops, branches and recursion', async () => {
    const power = (x: Tensor, n: number): Tensor =>
      n === 0 ? tensor(1, { dtype: 'float64' }) : n % 2 ? mul(x, power(x, n - 1)) : power(mul(x, x), n / 2);
    expect(await grad((x) => power(x, 5))(tensor(2, { dtype: 'float64' })).item()).toBe(80);
  });

  test('nests: the gradient of a gradient, to the third order', async () => {
    const fourth = (x: Tensor): Tensor => mul(mul(x, x), mul(x, x));
    const x = tensor(2, { dtype: 'float64' });
    expect(await grad(fourth)(x).item()).toBe(32);
    expect(await grad(grad(fourth))(x).item()).toBe(48);
    expect(await grad(grad(grad(fourth)))(x).item()).toBe(48);
  });

  test('does not confuse the variables of nested gradients', async () => {
    // d/dx [x * d/dy (x + y)] = 1; a tape that confused x with y would say 2 (Siskind & Pearlmutter, 2005).
    const outer = (x: Tensor): Tensor => mul(x, grad((y) => add(x, y))(tensor(1, { dtype: 'float64' })));
    expect(await grad(outer)(tensor(1, { dtype: 'float64' })).item()).toBe(1);
  });

  test('frees everything but the value, the gradients and what is kept', () => {
    const x = vector(1, 2, 3);
    const before = currentBackend().stats().buffers;
    let kept: Tensor | undefined;
    const { value, grads } = valueAndGrad(() => {
      kept = keep(exp(x));
      return sum(relu(kept));
    }, [x]);
    expect(currentBackend().stats().buffers).toBe(before + 3);
    for (const t of [kept!, value, grads.get(x)!]) t.dispose();
    expect(currentBackend().stats().buffers).toBe(before);
  });

  test('gives every source a gradient of its own, so that freeing one leaves the others', async () => {
    const [a, b] = [vector(1), vector(2)];
    const { grads } = valueAndGrad(() => sum(add(a, b)), [a, b]);
    grads.get(a)!.dispose();
    expect(await grads.get(b)!.item()).toBe(1);
  });

  test('frees everything when the function throws', () => {
    const x = vector(1, 2, 3);
    const before = currentBackend().stats().buffers;
    expect(() => valueAndGrad(() => sum(matmul(exp(x), tensor([[1]], { dtype: 'float64' }))), [x])).toThrow(ShapeError);
    expect(currentBackend().stats().buffers).toBe(before);
  });

  test('keeps what an inner scope made while an outer one records', async () => {
    const x = vector(2);
    const f = (y: Tensor): Tensor => tidy(() => sum(mul(exp(y), exp(y))));
    expect(await grad(f)(x).item()).toBeCloseTo(2 * Math.exp(4), 10);
  });

  test('refuses a value of several elements, an integer source and an op without rules', () => {
    const x = vector(1, 2);
    expect(() => valueAndGrad(() => mul(x, x), [x])).toThrow(
      new ShapeError(
        'valueAndGrad',
        'the function must return one number, got shape [2]: reduce it with sum() or mean(), or use vjp()',
      ),
    );
    expect(() => valueAndGrad(() => sum(x), [tensor([1], { dtype: 'int32' })])).toThrow(DTypeError);
    const mystery: Op<Record<never, never>> = {
      name: 'mystery',
      infer: ([a]) => a,
      forward: (backend, inputs, _attrs, out) => backend.run('unary', inputs, { fn: 'exp' }, out),
    };
    expect(() => valueAndGrad(() => sum(apply(mystery, [x], {})), [x])).toThrow(/^mystery: must have a vjp rule/);
  });

  test('refuses a parameter that changed between the passes', () => {
    const weight = new Parameter(vector(1, 2));
    const step = (): unknown =>
      valueAndGrad(() => {
        const y = sum(mul(weight, weight));
        weight.assign(vector(3, 4));
        return y;
      }, [weight]);
    expect(step).toThrow(GradientError);
    expect(step).toThrow(/a parameter must not change between the forward and the backward pass/);
  });

  test('a thousand steps leave no block behind but the parameter', async () => {
    const weight = new Parameter(vector(1, 2, 3));
    const before = currentBackend().stats().bytes;
    for (let i = 0; i < 1000; i++) {
      const { value, grads } = valueAndGrad(() => sum(mul(weight, weight)), [weight]);
      tidy(() => weight.assign(add(weight, mul(grads.get(weight)!, -0.01))));
      grads.get(weight)!.dispose();
      value.dispose();
    }
    expect(currentBackend().stats().bytes).toBe(before);
    expect(await sum(mul(weight, weight)).item()).toBeLessThan(1e-6);
  });
});

describe('grads, jacobian and hessian', () => {
  test('grads differentiates by every argument', async () => {
    const [da, db] = grads((a, b) => sum(mul(mul(a, a), b)))(vector(2), vector(5));
    expect(await da.item()).toBe(20);
    expect(await db.item()).toBe(4);
  });

  test('a Jacobian has the shape of output times input', async () => {
    const w = tensor(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      { dtype: 'float64' },
    );
    const j = jacobian((x) => matmul(w, x))(tensor([[1], [1], [1]], { dtype: 'float64' }));
    expect(j.shape).toEqual([2, 1, 3, 1]);
    expect(await j.data()).toEqual(new Float64Array([1, 2, 3, 4, 5, 6]));
  });

  test('the Hessian of xᵀAx is A + Aᵀ', async () => {
    const a = tensor(
      [
        [1, 2],
        [5, -3],
      ],
      { dtype: 'float64' },
    );
    const quadratic = (x: Tensor): Tensor => sum(mul(x, matmul(a, x)));
    expect(await hessian(quadratic)(vector(0.3, -2)).array()).toEqual([
      [2, 7],
      [7, -6],
    ]);
  });
});
