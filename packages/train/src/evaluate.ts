import type { Layer } from '@dl/layers';
import { runScope, type Tensor } from '@dl/tensor';
import { Breather } from './breather.ts';
import type { Loader } from './loader.ts';
import { computeAll, type Metrics, type MetricValues } from './metrics/metric.ts';
import { RunningMean } from './metrics/running-mean.ts';

/** From what a model returned and what it should have, to one number: its mean over the batch. */
export type Loss = (output: Tensor, target: Tensor) => Tensor;

/** What {@link evaluate} is told. */
export interface EvaluateOptions<M extends Metrics> {
  readonly loss: Loss;
  /** Reset first, so they may be used again and again. Default: none. */
  readonly metrics?: M | undefined;
}

/** How good a model is on some data. */
export interface Evaluation<M extends Metrics> {
  /** Mean over all samples. */
  readonly loss: number;
  /** What each metric computed. */
  readonly metrics: MetricValues<M>;
  /** How many samples there were. */
  readonly samples: number;
}

/**
 * Runs a model over data, in evaluation mode and without recording, and gathers its loss and metrics.
 *
 * @param model - from `x` to what the loss and the metrics take
 * @example
 * const x = { shape: [2, 1], dtype: 'float32', data: new Float32Array([1, 2]) } as const;
 * const y = { shape: [2, 1], dtype: 'float32', data: new Float32Array([1, 4]) } as const;
 * const loader = new DataLoader(new ArrayDataset({ x, y }), { batchSize: 2 });
 * (await evaluate(new Identity(), loader, { loss: mseLoss })).loss // 2
 */
export async function evaluate<M extends Metrics = Record<never, never>>(
  model: Layer,
  loader: Loader,
  { loss, metrics }: EvaluateOptions<M>,
): Promise<Evaluation<M>> {
  const chosen = metrics ?? ({} as M);
  const mean = new RunningMean();
  const breather = new Breather();
  for (const metric of Object.values(chosen)) metric.reset();
  let samples = 0;
  try {
    for await (const { x, y } of loader) {
      runScope('evaluate', () => {
        const output = model.forward(x);
        mean.add(loss(output, y), x.shape[0]);
        for (const metric of Object.values(chosen)) metric.update(output, y);
      });
      samples += x.shape[0];
      await breather.rest();
    }
    return { loss: await mean.compute(), metrics: await computeAll(chosen), samples };
  } finally {
    mean.reset();
  }
}
