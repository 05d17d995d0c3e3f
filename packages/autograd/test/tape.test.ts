import { DisposedError, GradientError } from '@dl/kernels';
import { add, currentBackend, exp, mul, sum, type Tensor, tensor, useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkGradients, customVjp, GradientTape, grad, jvp, numericalGradient, stopGradient } from '../src/index.ts';

beforeAll(() => useBackend('reference'));

const vector = (...values: number[]): Tensor => tensor(values, { dtype: 'float64' });

describe('GradientTape', () => {
  test('records until it is asked, any number of times', async () => {
    const x = vector(1, 2);
    const y = vector(3, 4);
    using tape = new GradientTape();
    const product = mul(x, y);
    const loss = sum(product);
    const [dx, dy] = tape.gradients(loss, [x, y]);
    const [dProduct] = tape.gradients(loss, [product]);
    expect(await dx.array()).toEqual([3, 4]);
    expect(await dy.array()).toEqual([1, 2]);
    expect(await dProduct.array()).toEqual([1, 1]);
  });

  test('frees what it recorded when disposed, but the gradients and the target', async () => {
    const x = vector(1, 2);
    const before = currentBackend().stats().buffers;
    const tape = new GradientTape();
    const middle = exp(x);
    const loss = sum(middle);
    const [dx] = tape.gradients(loss, [x]);
    tape.dispose();
    expect(currentBackend().stats().buffers).toBe(before + 2);
    expect(await loss.item()).toBeCloseTo(Math.exp(1) + Math.exp(2), 12);
    expect(await dx.array()).toEqual([Math.exp(1), Math.exp(2)]);
    expect(() => middle.buffer).toThrow(DisposedError);
    expect(() => middle.buffer).toThrow(/freed by GradientTape/);
    expect(() => tape.gradients(loss, [x])).toThrow(GradientError);
  });

  test('nests', async () => {
    const x = tensor(3, { dtype: 'float64' });
    using outer = new GradientTape();
    const inner = new GradientTape();
    const cube = mul(mul(x, x), x);
    const [first] = inner.gradients(cube, [x]);
    inner.dispose();
    const [second] = outer.gradients(first, [x]);
    expect(await first.item()).toBe(27);
    expect(await second.item()).toBe(18);
  });
});

describe('stopGradient', () => {
  test('keeps the value and stops both modes', async () => {
    const x = vector(3);
    expect(await stopGradient(x).item()).toBe(3);
    expect(await grad((y) => sum(mul(y, stopGradient(y))))(x).item()).toBe(3);
    expect(await jvp((y) => mul(y, stopGradient(y)), [x], [vector(1)]).tangent.item()).toBe(3);
  });
});

describe('customVjp', () => {
  const clipped = customVjp({
    name: 'clippedExp',
    forward: exp,
    vjp: (g, _inputs, y) => [mul(g, y)],
    jvp: (t, _index, _inputs, y) => mul(t, y),
  });

  test('uses the given rules in both modes and for second derivatives', async () => {
    const x = tensor(2, { dtype: 'float64' });
    expect(await grad(clipped)(x).item()).toBe(Math.exp(2));
    expect(await grad(grad(clipped))(x).item()).toBe(Math.exp(2));
    expect(await jvp(clipped, [x], [tensor(1, { dtype: 'float64' })]).tangent.item()).toBe(Math.exp(2));
  });

  test('calls its vjp once for all inputs, and takes null for a constant one', async () => {
    let calls = 0;
    const f = customVjp({
      forward: (a, b) => mul(a, b),
      vjp: (g, [, b]) => {
        calls++;
        return [mul(g, b), null];
      },
    });
    const [a, b] = [vector(2), vector(5)];
    using tape = new GradientTape();
    const loss = sum(f(a, b));
    const [da, db] = tape.gradients(loss, [a, b]);
    expect([await da.item(), await db.item(), calls]).toEqual([5, 0, 1]);
  });

  test('may return its input', async () => {
    const reverse = customVjp({ forward: (x) => x, vjp: (g) => [mul(g, -1)] });
    expect(await grad((x) => sum(add(reverse(x), x)))(vector(1)).item()).toBe(0);
  });

  test('frees what its forward made inside', () => {
    const before = currentBackend().stats().buffers;
    const f = customVjp({ forward: (x) => exp(exp(exp(x))), vjp: (g) => [g] });
    f(vector(0)).dispose();
    expect(currentBackend().stats().buffers).toBe(before + 1);
  });
});

describe('checkGradients and numericalGradient', () => {
  test('agree with the rules in float64', async () => {
    expect(await checkGradients((a, b) => mul(exp(a), b), [vector(0.1, -2), vector(3, 4)])).toBeLessThan(1e-8);
  });

  test('find a wrong rule and name the element', async () => {
    const wrong = customVjp({ forward: (x) => mul(x, x), vjp: (g, [x]) => [mul(g, x)] });
    await expect(checkGradients(wrong, [vector(0, 2)])).rejects.toThrow(GradientError);
    await expect(checkGradients(wrong, [vector(0, 2)])).rejects.toThrow(/at element 1 of input 0 \(float64 \[2\]\)/);
  });

  test('a step of 1e-6 underflows in float32: differences need float64', async () => {
    const x = tensor([1000], { dtype: 'float32' });
    const slope = await numericalGradient((y) => sum(mul(y, y)), x, { epsilon: 1e-6 });
    expect(Number.isFinite(slope[0]) && Math.abs(slope[0] - 2000) < 1).toBe(false);
  });
});
