import { useBackend } from '@dl/tensor';
import { beforeAll, expect, it } from 'vitest';
import { polynomialFit } from '../src/polynomial-fit.ts';

beforeAll(() => useBackend('wasm'));

it('5.6 a polynomial of degree 9 goes through all ten points and misses the rest; a line does about as well on both', async () => {
  const [line, wild] = await Promise.all([polynomialFit(1), polynomialFit(9)]);
  expect(line.coefficients).toHaveLength(2);
  expect(wild.coefficients).toHaveLength(10);
  expect(wild.trainError).toBeLessThan(1e-6);
  expect(line.trainError).toBeGreaterThan(0.005);
  expect(wild.testError).toBeGreaterThan(2 * line.testError);
  expect(line.testError - line.trainError).toBeLessThan(0.5 * (wild.testError - wild.trainError));
  expect(Math.max(...wild.coefficients.map(Math.abs))).toBeGreaterThan(5 * Math.max(...line.coefficients.map(Math.abs)));
});
