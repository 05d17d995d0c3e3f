import { grad, jvp, vjp } from '@dl/autograd';
import { cast, equal, exp, mul, pow, prod, relu, sqrt, std, type Tensor, tensor, useBackend, where } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';

beforeAll(async () => {
  await useBackend('reference');
});

const number = (value: number): Tensor => tensor(value, { dtype: 'float64' });
const numbers = (...values: number[]): Tensor => tensor(values, { dtype: 'float64' });

/** The derivatives of order 1, 2, … `count` at `x`. */
async function derivatives(f: (x: Tensor) => Tensor, x: number, count: number): Promise<number[]> {
  const found: number[] = [];
  let g = f;
  for (let order = 1; order <= count; order++) {
    g = grad(g);
    found.push(await g(number(x)).item());
  }
  return found;
}

describe('derivatives of high order', () => {
  it('of powers are exact at 0', async () => {
    expect(await derivatives((x) => pow(x, 3), 0, 5)).toEqual([0, 0, 6, 0, 0]);
    expect(await derivatives((x) => pow(x, 2), 0, 4)).toEqual([0, 2, 0, 0]);
    expect(await derivatives((x) => pow(x, 1), 0, 3)).toEqual([1, 0, 0]);
    expect(await derivatives((x) => pow(x, 0), 0, 2)).toEqual([0, 0]);
  });

  it('of powers with a tensor as exponent are finite at 0', async () => {
    expect(await derivatives((x) => pow(x, number(3)), 0, 4)).toEqual([0, 0, 6, 0]);
  });

  it('of a power by its base and then its exponent', async () => {
    const mixed = grad((b) => grad((a) => pow(a, b))(number(2)));
    expect(await mixed(number(0)).item()).toBe(0.5); // d/db (b a^(b-1)) = a^-1 at b = 0
  });

  it('of products know of every zero', async () => {
    const x = numbers(0, 0, 2, 3);
    const first = (y: Tensor): Tensor => grad((z) => prod(z))(y);
    expect(await first(x).array()).toEqual([0, 0, 0, 0]);
    const second = (v: Tensor) => (y: Tensor) => jvp(first, [y], [v]).tangent;
    expect(await second(numbers(1, 0, 0, 0))(x).array()).toEqual([0, 6, 0, 0]);
    const third = jvp(second(numbers(1, 0, 0, 0)), [x], [numbers(0, 0, 1, 0)]).tangent;
    expect(await third.array()).toEqual([0, 3, 0, 0]);
  });

  it('of a deviation stay finite where all are equal', async () => {
    const gradient = grad((x) => std(x));
    const x = numbers(1, 1, 1);
    expect(await jvp(gradient, [x], [numbers(1, 0, -1)]).tangent.array()).toEqual([0, 0, 0]);
  });
});

describe('what a gradient passes through', () => {
  it('is not 0 times infinity where a rectifier is off', async () => {
    const infinite = numbers(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    expect(await vjp(relu, [numbers(-1, 1)], infinite).grads[0].array()).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  it('is the chosen branch alone, when the other one is kept finite', async () => {
    const safe = (x: Tensor): Tensor => {
      const isZero = equal(x, 0);
      return where(isZero, 0, sqrt(where(isZero, 1, x)));
    };
    expect(await vjp(safe, [numbers(0, 4)], numbers(1, 1)).grads[0].array()).toEqual([0, 0.25]);
  });

  it('takes the dtype of its tensor, through casts', async () => {
    const { grads } = vjp((x) => cast(exp(cast(x, 'float32')), 'float64'), [numbers(0)], numbers(2));
    expect([grads[0].dtype, await grads[0].array()]).toEqual(['float64', [2]]);
    const { tangent } = jvp((x) => cast(x, 'float32'), [numbers(0)], [numbers(3)]);
    expect([tangent.dtype, await tangent.array()]).toEqual(['float32', [3]]);
  });

  it('ends at integers', async () => {
    const through = (x: Tensor): Tensor => mul(cast(cast(x, 'int32'), 'float64'), x);
    expect(await vjp(through, [numbers(2.5)], numbers(1)).grads[0].array()).toEqual([2]);
  });
});
