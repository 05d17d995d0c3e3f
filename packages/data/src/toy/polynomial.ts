import { ArgumentError, type HostTensor } from '@dl/kernels';
import { ArrayDataset } from '../datasets/array-dataset.ts';
import { HostRandom, streams } from '../random/host-random.ts';
import { checkCount, checkDeviation, type ToyOptions } from './toy-options.ts';

/** Options of {@link polynomial}; `noise`, by default 0, is added to y. */
export interface PolynomialOptions extends ToyOptions {
  /** $c_0, c_1, \dots$, from the constant up. Default `[0, -1, 0, 1]`: $x^3 - x$. */
  readonly coefficients?: readonly number[] | undefined;
  /** Where x lies. Default `[-1.5, 1.5]`. */
  readonly range?: readonly [low: number, high: number] | undefined;
}

/** Numbers, x float32 `[n, 1]`, and what to make of them, y float32 `[n, 1]`. */
export type RegressionPoints = ArrayDataset<{ readonly x: HostTensor; readonly y: HostTensor }>;

/**
 * A polynomial to fit: $y = \sum_k c_k x^k + \text{noise} \cdot \varepsilon$ with uniform $x$ and normal $\varepsilon$.
 *
 * @returns x float32 `[n, 1]`, y float32 `[n, 1]`
 * @throws ArgumentError for an option out of its range
 * @example
 * const line = polynomial({ n: 20, coefficients: [3] });
 * line.get(11).y.data // Float32Array [3]
 */
export function polynomial(options: PolynomialOptions = {}): RegressionPoints {
  const { n = 100, noise = 0, seed = 0, coefficients = [0, -1, 0, 1], range = [-1.5, 1.5] } = options;
  checkCount('polynomial', 'n', n, 0);
  checkDeviation('polynomial', 'noise', noise);
  if (!coefficients.every(Number.isFinite)) {
    throw new ArgumentError('polynomial', `coefficients must be finite, got [${coefficients.join(', ')}]`);
  }
  const [low, high] = range;
  if (!Number.isFinite(high - low) || low > high) {
    throw new ArgumentError('polynomial', `range must be two finite numbers in order, got [${low}, ${high}]`);
  }
  const random = new HostRandom('polynomial', seed, streams.toy, 1);
  const x = new Float32Array(n);
  const y = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    x[i] = random.uniform(low, high);
    y[i] = coefficients.reduceRight((sum, coefficient) => sum * x[i] + coefficient, 0) + noise * random.normal();
  }
  return new ArrayDataset({ x: { shape: [n, 1], dtype: 'float32', data: x }, y: { shape: [n, 1], dtype: 'float32', data: y } });
}
