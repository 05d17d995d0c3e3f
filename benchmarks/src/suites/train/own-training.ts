import { valueAndGrad } from '@dl/autograd';
import type { Backend } from '@dl/kernels';
import { crossEntropy, type ForwardOptions, type Module } from '@dl/layers';
import { Adam } from '@dl/optim';
import { type Tensor, tensor, useBackend } from '@dl/tensor';
import { type Contestant, steps } from '../../contestant.ts';
import { ownTensor } from '../../own.ts';
import { startingValues } from './starting-values.ts';

/** A model that maps images to scores of ten classes. */
export type Classifier = Module & { forward(images: Tensor, options?: ForwardOptions): Tensor };

/** Adam steps of ours on one batch, written as a user writes them: nothing is disposed by hand. */
export async function ownTraining(backend: Backend, model: () => Classifier, images: readonly number[]): Promise<Contestant> {
  await useBackend(backend);
  const net = model();
  for (const { parameter, shape, values } of startingValues(net)) parameter.assign(tensor(values, { shape }));
  const x = ownTensor(backend, images, 1, 0, 1);
  const y = tensor(Int32Array.from({ length: images[0] }, (_, i) => i % 10));
  const parameters = net.parameters();
  const optimizer = new Adam(parameters, { lr: 1e-3 });
  const step = (): Tensor => {
    const { value, grads } = valueAndGrad(() => crossEntropy(net.forward(x, { training: true }), y), parameters);
    optimizer.step(grads);
    return value;
  };
  return steps(
    step,
    () => {},
    (loss) => loss.item(),
  );
}
