import { valueAndGrad } from '@dl/autograd';
import type { Backend } from '@dl/kernels';
import { crossEntropy, type ForwardOptions, type Module } from '@dl/layers';
import { Adam } from '@dl/optim';
import { type Tensor, useBackend } from '@dl/tensor';
import { type Contestant, steps, type stepsRead } from '../../contestant.ts';
import type { Batch } from './batch.ts';
import { setStart } from './starting-values.ts';

/** A model that maps a batch to scores of classes. */
export type Classifier = Module & { forward(x: Tensor, options?: ForwardOptions): Tensor };

/**
 * Adam steps of ours on one batch, written as a user writes them: nothing is disposed by hand. The result is the losses of the first three
 * steps, and after them all that the model keeps besides its weights, such as running statistics.
 */
export async function ownTraining(
  backend: Backend,
  model: () => Classifier,
  batch: (backend: Backend) => Batch,
  contestant: typeof steps | typeof stepsRead = steps,
): Promise<Contestant> {
  await useBackend(backend);
  const net = model();
  setStart(net);
  const { x, y } = batch(backend);
  const parameters = net.parameters();
  const optimizer = new Adam(parameters, { lr: 1e-3 });
  const step = (): Tensor => {
    const { value, grads } = valueAndGrad(() => crossEntropy(net.forward(x, { training: true }), y), parameters);
    optimizer.step(grads);
    return value;
  };
  const training = contestant(
    step,
    () => {},
    (loss) => loss.item(),
  );
  return {
    ...training,
    result: async () => [...(await training.result()), ...(await kept(net))],
  };
}

async function kept(net: Classifier): Promise<number[]> {
  const buffers = [...net.namedParameters().values()].filter(({ trainable }) => !trainable);
  const values = await Promise.all(buffers.map((buffer) => buffer.data()));
  return values.flatMap((all) => Array.from(all, Number));
}
