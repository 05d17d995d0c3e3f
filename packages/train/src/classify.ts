import { formatShape, type HostTensor, ShapeError } from '@dl/kernels';
import { type Layer, Sequential, Softmax } from '@dl/layers';
import { mostProbable } from './most-probable.ts';
import { type InputLoader, predict } from './predict.ts';

/** What {@link classify} returns. */
export interface Classification {
  /** The most probable class of each sample, `[n]`; of several the first. */
  readonly labels: Int32Array;
  /** The softmax of each sample's scores, `[n, c]`. */
  readonly probabilities: HostTensor;
}

/**
 * The class of each sample of a loader, and how probable a classifier finds all classes: {@link predict} with a softmax.
 *
 * @param model - from `x` to logits `[n, c]`
 * @throws {@link ShapeError} when they are not
 * @throws {@link ArgumentError} when there is no batch
 * @example
 * const x = { shape: [2, 2], dtype: 'float32', data: new Float32Array([0, 0, Math.log(3), 0]) } as const;
 * const { labels, probabilities } = await classify(new Identity(), new DataLoader(new ArrayDataset({ x }), { batchSize: 2 }));
 * labels // Int32Array [0, 0]
 * probabilities.data // Float32Array [0.5, 0.5, 0.75, 0.25]
 */
export async function classify(model: Layer, loader: InputLoader): Promise<Classification> {
  const probabilities = await predict(new Sequential(model, new Softmax(1)), loader);
  const { shape, data } = probabilities;
  if (shape.length !== 2) throw new ShapeError('classify', `the model must give logits [n, c], got ${formatShape(shape)}`);
  const labels = Int32Array.from({ length: shape[0] }, (_, i) => mostProbable(data.subarray(i * shape[1], (i + 1) * shape[1])));
  return { labels, probabilities };
}
