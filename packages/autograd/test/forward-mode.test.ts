import { GradientError, ShapeError } from '@dl/kernels';
import { add, currentBackend, exp, matmul, mul, relu, sum, type Tensor, tensor, useBackend } from '@dl/tensor';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { customVjp, grad, jvp, vjp } from '../src/index.ts';

beforeAll(() => useBackend('reference'));

const vector = (...values: number[]): Tensor => tensor(values, { dtype: 'float64' });

describe('jvp', () => {
  test('carries a tangent through the program', async () => {
    const { value, tangent } = jvp((x) => exp(mul(x, x)), [vector(0.5, -1)], [vector(1, 2)]);
    expect(Array.from(await value.data())).toEqual([Math.exp(0.25), Math.exp(1)]);
    expect(Array.from(await tangent.data())).toEqual([2 * 0.5 * Math.exp(0.25), 2 * -1 * 2 * Math.exp(1)]);
  });

  test('is zero where the function does not depend on its argument', async () => {
    const { tangent } = jvp(() => vector(1, 2), [vector(3)], [vector(1)]);
    expect(await tangent.array()).toEqual([0, 0]);
  });

  test('of a jvp is a second directional derivative', async () => {
    const cube = (x: Tensor): Tensor => mul(mul(x, x), x);
    const first = (x: Tensor): Tensor => jvp(cube, [x], [vector(1)]).tangent;
    expect(await jvp(first, [vector(2)], [vector(1)]).tangent.item()).toBe(12);
  });

  test('of a gradient is a Hessian-vector product, and the gradient of a jvp too', async () => {
    const f = (x: Tensor): Tensor => sum(mul(mul(x, x), mul(x, x)));
    const x = vector(1, 2, 3);
    const v = vector(1, 0, -1);
    const forwardOverReverse = jvp(grad(f), [x], [v]).tangent;
    const reverseOverForward = grad((y) => jvp(f, [y], [v]).tangent)(x);
    expect(await forwardOverReverse.array()).toEqual([12, 0, -108]);
    expect(await reverseOverForward.array()).toEqual([12, 0, -108]);
  });

  test('and vjp are adjoint: <u, J v> = <Jᵀ u, v>', async () => {
    const numbers = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(numbers, numbers, numbers, async (xs, vs, us) => {
        const f = (x: Tensor): Tensor => relu(matmul(x, exp(add(x, 0.5)), { transposeB: true }));
        const [x, v] = [xs, vs].map((values) => tensor(values, { shape: [2, 3], dtype: 'float64' }));
        const u = tensor(us.slice(0, 4), { shape: [2, 2], dtype: 'float64' });
        const left = await sum(mul(u, jvp(f, [x], [v]).tangent)).item();
        const right = await sum(mul(vjp(f, [x], u).grads[0], v)).item();
        expect(Math.abs(left - right)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(left)));
      }),
      { numRuns: 50 },
    );
  });

  test('frees everything but the value and the tangent', () => {
    const x = vector(1, 2);
    const v = vector(1, 1);
    const before = currentBackend().stats().buffers;
    const { value, tangent } = jvp((y) => exp(mul(y, y)), [x], [v]);
    expect(currentBackend().stats().buffers).toBe(before + 2);
    value.dispose();
    tangent.dispose();
  });

  test('refuses directions that do not fit and ops without a rule', () => {
    const x = vector(1, 2);
    expect(() => jvp(exp, [x], [])).toThrow(ShapeError);
    expect(() => jvp(exp, [x], [vector(1)])).toThrow("jvp: direction 0 must have its argument's shape [2], got [1]");
    const custom = customVjp({ name: 'double', forward: (y) => mul(y, 2), vjp: (g) => [mul(g, 2)] });
    expect(() => jvp(custom, [x], [x])).toThrow(GradientError);
    expect(() => jvp(custom, [x], [x])).toThrow(/^double: must have a jvp rule/);
  });
});
