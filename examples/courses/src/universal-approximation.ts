import { cast, greaterEqual, linspace, matmul, Rng, relu, type Tensor, tensor } from '@dl/tensor';

/** What is approximated on [0, 1]. */
export const target = (x: number): number => Math.sin(2 * Math.PI * x) + 0.5 * Math.sin(6 * Math.PI * x);

/** One hidden layer: $y = b + \sum_i v_i \varphi(x - t_i)$, with a unit that switches on at each threshold. */
export interface Approximator {
  readonly bias: number;
  readonly thresholds: readonly number[];
  readonly output: readonly number[];
  readonly unit: 'step' | 'relu';
}

/** Steps that rise to the height of {@link target} in the middle of each of `units` pieces: no training is needed. */
export function ofSteps(units: number): Approximator {
  const heights = Array.from({ length: units }, (_, i) => target((i + 0.5) / units));
  return {
    unit: 'step',
    bias: 0,
    thresholds: heights.map((_, i) => i / units),
    output: heights.map((height, i) => height - (heights[i - 1] ?? 0)),
  };
}

/** ReLUs that change the slope at each knot, so that the line goes through {@link target} there. */
export function ofRelus(units: number): Approximator {
  const slopes = Array.from({ length: units }, (_, i) => units * (target((i + 1) / units) - target(i / units)));
  return {
    unit: 'relu',
    bias: target(0),
    thresholds: slopes.map((_, i) => i / units),
    output: slopes.map((slope, i) => slope - (slopes[i - 1] ?? 0)),
  };
}

/** The network at places `[n]`. */
export function approximate({ bias, thresholds, output, unit }: Approximator, x: Tensor): Tensor {
  const before = x.unsqueeze(1).sub(tensor([...thresholds]));
  const hidden = unit === 'relu' ? relu(before) : cast(greaterEqual(before, 0), 'float32');
  return matmul(hidden, tensor([...output])).add(bias);
}

/** What the network gives at `count` places of [0, 1]. */
export async function curve(net: Approximator, count = 401): Promise<[x: number, y: number][]> {
  const x = linspace(0, 1, count);
  const [xs, ys] = [await x.data(), await approximate(net, x).data()];
  return Array.from(xs, (at, i) => [Number(at), Number(ys[i])]);
}

/** Before the ReLUs of two layers of 6 on the plane, `[n, 12]`: where none changes its sign, the network is one linear function. */
export function reluSwitches(places: Tensor, units = 6): Tensor[] {
  const rng = new Rng(9);
  const first = matmul(places, rng.normal([2, units])).add(rng.normal([units], { std: 0.5 }));
  const second = matmul(relu(first), rng.normal([units, units])).add(rng.normal([units], { std: 0.5 }));
  return [first, second];
}
