import { lstsq, matmul, pow, Rng, stack, type Tensor, tensor } from '@dl/tensor';
import type { Place } from './plot.ts';

/** A polynomial fitted to ten noisy points of a line. */
export interface Fit {
  /** From the constant up. */
  readonly coefficients: readonly number[];
  /** The mean squared error on the ten points, and on a hundred others of the same line. */
  readonly trainError: number;
  readonly testError: number;
}

/** Noisy points of $0.8 x + 0.1$ on $[-1, 1]$. */
export function noisyLine(count: number, seed: number): Place[] {
  const rng = new Rng(seed);
  return Array.from({ length: count }, (_, i): Place => {
    const x = -1 + (2 * i) / (count - 1);
    // Four uniform numbers together are close enough to a bell: their deviation is 1/√3.
    const bell = rng.next() + rng.next() + rng.next() + rng.next() - 2;
    return [x, 0.8 * x + 0.1 + 0.2 * Math.sqrt(3) * bell];
  });
}

/** The ten points. */
export const training = (): Place[] => noisyLine(10, 3);

/** Fits a polynomial by least squares: of degree 9 it goes through all ten points, noise and all. */
export async function polynomialFit(degree: number): Promise<Fit> {
  const train = training();
  const a = powers(train, degree);
  const found = lstsq(a, heights(train));
  const error = async (points: readonly Place[]): Promise<number> =>
    Number(await matmul(powers(points, degree), found).sub(heights(points)).square().mean().item());
  return {
    coefficients: Array.from(await found.data(), Number),
    trainError: await error(train),
    testError: await error(noisyLine(100, 2)),
  };
}

/** A polynomial by its coefficients. */
export const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

const column = (points: readonly Place[], axis: 0 | 1): Tensor => tensor(points.map((place) => place[axis]));
const heights = (points: readonly Place[]): Tensor => column(points, 1);

function powers(points: readonly Place[], degree: number): Tensor {
  const x = column(points, 0);
  return stack(
    Array.from({ length: degree + 1 }, (_, power) => pow(x, power)),
    1,
  );
}
