import { BatchNorm, type Layer } from '@dl/layers';
import { onesLike, type Parameter, type Rng, runScope, type Tensor, zerosLike } from '@dl/tensor';
import { Breather } from './breather.ts';

/** Options of {@link updateBn}. */
export interface UpdateBnOptions {
  /** What random layers draw from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * Measures the running statistics of every batch normalisation anew, as their mean over the batches of a loader: those that a training leaves
 * do not belong to averaged weights. Call it after `apply` of an `AveragedModel`.
 *
 * @param model - run in training mode, without recording
 * @param loader - of training data; targets are not looked at
 * @example
 * const model = new Sequential({ norm: new BatchNorm1d(1) });
 * const x = { shape: [4, 1], dtype: 'float32', data: new Float32Array([1, 3, 5, 7]) } as const;
 * await updateBn(model, new DataLoader(new ArrayDataset({ x, y: x }), { batchSize: 2 }));
 * await stateDict(model).get('norm.running_mean')!.data() // Float32Array [4]
 * @see Izmailov et al., Averaging weights leads to wider optima and better generalization, 2018, section 3.2
 */
export async function updateBn(
  model: Layer,
  loader: AsyncIterable<{ readonly x: Tensor }>,
  { rng }: UpdateBnOptions = {},
): Promise<void> {
  const norms = model.modules().filter((module) => module instanceof BatchNorm);
  const momenta = norms.map(({ momentum }) => momentum);
  const breather = new Breather();
  try {
    for (const norm of norms) {
      reset(norm.runningMean, zerosLike);
      reset(norm.runningVar, onesLike);
      reset(norm.numBatchesTracked, zerosLike);
      norm.momentum = null;
    }
    for await (const { x } of loader) {
      runScope('updateBn', () => {
        model.forward(x, { training: true, rng });
      });
      await breather.rest();
    }
  } finally {
    norms.forEach((norm, i) => {
      norm.momentum = momenta[i];
    });
  }
}

function reset(statistic: Parameter | undefined, to: (x: Tensor) => Tensor): void {
  if (statistic === undefined) return;
  runScope('updateBn', () => statistic.assign(to(statistic)));
}
