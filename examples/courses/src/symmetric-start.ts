import { valueAndGrad } from '@dl/autograd';
import { Conv2d, crossEntropy, Flatten, Linear, ReLU, Sequential } from '@dl/layers';
import { SGD } from '@dl/optim';
import { fullLike, Rng, tensor, variance } from '@dl/tensor';

/** How far the four filters of a small network lie apart after training: the variance between them, summed over their weights. */
export async function filterSpread(start: 'equal' | 'random', steps = 30): Promise<number> {
  const rng = new Rng(1);
  const conv = new Conv2d(1, 4, 3, { rng });
  const output = new Linear(4 * 4 * 4, 2, { rng });
  if (start === 'equal')
    for (const parameter of [...conv.parameters(), ...output.parameters()]) parameter.assign(fullLike(parameter, 0.1));
  const model = new Sequential(conv, new ReLU(), new Flatten(), output);
  // Bars: upright in class 0, lying in class 1.
  const labels = Array.from({ length: 12 }, (_, i) => i % 2);
  const bars = labels.map((label, i) => [bar(label, i % 6)]);
  const [x, y] = [tensor(bars), tensor(labels, { dtype: 'int32' })];
  const params = model.parameters();
  const optimizer = new SGD(params, { lr: 0.1 });
  for (let step = 0; step < steps; step++) optimizer.step(valueAndGrad(() => crossEntropy(model.forward(x), y), params).grads);
  return Number(await variance(conv.weight, 0).sum().item());
}

const bar = (label: number, at: number): number[][] =>
  Array.from({ length: 6 }, (_, row) => Array.from({ length: 6 }, (_, column) => ((label === 0 ? column : row) === at ? 1 : 0)));
