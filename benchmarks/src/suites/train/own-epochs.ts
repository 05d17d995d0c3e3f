import { DataLoader, type ImageDataset } from '@dl/data';
import type { Backend } from '@dl/kernels';
import { crossEntropy, type Layer } from '@dl/layers';
import { Adam } from '@dl/optim';
import { useBackend } from '@dl/tensor';
import { fit } from '@dl/train';
import type { Contestant } from '../../contestant.ts';
import { setStart } from './starting-values.ts';

/** Epochs of ours with loader and `fit`. The result is the mean loss of a first one, whose order is the dataset's: others shuffle in another way. */
export async function ownEpochs(
  backend: Backend,
  makeModel: () => Layer,
  dataset: ImageDataset,
  batchSize: number,
): Promise<Contestant> {
  await useBackend(backend);
  const model = makeModel();
  setStart(model);
  const optimizer = new Adam(model.parameters(), { lr: 1e-3 });
  const inOrder = new DataLoader(dataset, { batchSize, backend });
  const shuffled = new DataLoader(dataset, { batchSize, shuffle: true, backend });
  const train = (loader: typeof shuffled, epochs: number) => fit({ model, loss: crossEntropy, optimizer, train: loader, epochs });
  return {
    async run(iterations) {
      const start = performance.now();
      await train(shuffled, iterations);
      return (performance.now() - start) / iterations;
    },
    async result() {
      const { history } = await train(inOrder, 1);
      return [history[0].train.loss];
    },
  };
}
