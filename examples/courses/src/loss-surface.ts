import { valueAndGrad } from '@dl/autograd';
import { mseLoss } from '@dl/layers';
import { SGD } from '@dl/optim';
import { indexSelect, matmul, Parameter, Rng, type Tensor, tensor } from '@dl/tensor';
import { type Region, sample } from './field.ts';
import type { Place } from './plot.ts';

/** A walk on the surface, and how it goes. */
export interface Walk {
  readonly title: string;
  readonly lr: number;
  readonly steps: number;
  /** Examples a step, drawn without replacement; all of them is gradient descent. */
  readonly batchSize: number;
}

const count = 40;

/** What the lectures compare: the same data, the same start. */
export const walks: readonly Walk[] = [
  { title: 'gradient descent', lr: 0.12, steps: 60, batchSize: count },
  { title: 'SGD: one example a step', lr: 0.06, steps: 120, batchSize: 1 },
  { title: 'rate near the limit: oscillates', lr: 0.47, steps: 60, batchSize: count },
  { title: 'a tenth of the first rate: small steps', lr: 0.012, steps: 60, batchSize: count },
];

/** The part of the plane of the two weights that is shown. */
export const region: Region = { xs: [-1.2, 2.4], ys: [-1.4, 2.6], columns: 54, rows: 60 };

/** Where every walk starts. */
export const start: Place = [-0.8, 2.2];

/** Forty examples of a line with weights 1 and 0.5 and some noise; the first input is 2.4 times as wide as the second: a long valley. */
function examples(): { inputs: Tensor; targets: Tensor } {
  const rng = new Rng(5);
  const inputs = rng.normal([count, 2]).mul(tensor([0.6, 1.45]));
  return { inputs, targets: matmul(inputs, tensor([[1], [0.5]])).add(rng.normal([count, 1], { std: 0.3 })) };
}

/** The mean squared error on the grid of {@link region}. */
export async function surface(): Promise<number[]> {
  const { inputs, targets } = examples();
  return sample(region, (weights) => matmul(inputs, weights.transpose()).sub(targets).square().mean(0));
}

/** Walks down from {@link start}, and remembers the way and the error of all examples on it. */
export async function walk({ lr, steps, batchSize }: Walk): Promise<{ path: Place[]; losses: number[] }> {
  const { inputs, targets } = examples();
  const weights = new Parameter(tensor(start.map((value) => [value])));
  const optimizer = new SGD([weights], { lr });
  const rng = new Rng(6);
  const [path, losses]: [Place[], number[]] = [[], []];
  let order: number[] = [];
  for (let step = 0; step <= steps; step++) {
    const [x, y] = await weights.data();
    path.push([Number(x), Number(y)]);
    losses.push(Number(await mseLoss(matmul(inputs, weights), targets).item()));
    if (order.length < batchSize) order = [...rng.permutation(count)];
    const batch = tensor(order.splice(0, batchSize), { dtype: 'int32' });
    const pick = (from: Tensor): Tensor => indexSelect(from, batch, 0);
    const { grads } = valueAndGrad(() => mseLoss(matmul(pick(inputs), weights), pick(targets)), [weights]);
    optimizer.step(grads);
  }
  return { path, losses };
}
