import type { DatasetKind } from '@dl/data';
import type { Layer } from '@dl/layers';
import {
  ConfusionMatrix,
  type Counts,
  evaluate,
  type Loader,
  type Loss,
  type Metrics,
  type Prediction,
  Predictions,
} from '@dl/train';
import { percent, plural } from './words.ts';

/** How good a model is on data it has not learnt from. */
export interface Tested {
  readonly loss: number;
  readonly samples: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** Of a classifier. */
  readonly confusion: Counts | undefined;
  /** Of a classifier: every one, in the order of the data. */
  readonly predictions: readonly Prediction[] | undefined;
}

/** What {@link testModel} is told. */
export interface TestOptions {
  readonly loss: Loss;
  readonly metrics?: Metrics<number> | undefined;
  /** Of a classifier of whole inputs; undefined for anything else. */
  readonly classNames?: readonly string[] | undefined;
}

/** Evaluates a model once, with all that a report shows. */
export async function testModel(model: Layer, loader: Loader, { loss, metrics = {}, classNames }: TestOptions): Promise<Tested> {
  if (classNames === undefined) {
    const tested = await evaluate(model, loader, { loss, metrics });
    return { ...tested, confusion: undefined, predictions: undefined };
  }
  const inspected = { ...metrics, confusion: new ConfusionMatrix(classNames.length), predictions: new Predictions() };
  const { metrics: found, ...tested } = await evaluate(model, loader, { loss, metrics: inspected });
  const { confusion, predictions, ...figures } = found;
  for (const metric of Object.values(inspected)) metric.reset();
  return { ...tested, metrics: figures, confusion, predictions };
}

/** `accuracy 99.21 %, loss 0.0244 on 10,000 samples`; of a text `accuracy 52.10 %, loss 1.6500 nats a character on 390 windows`. */
export function testLine({ loss, samples, metrics }: Pick<Tested, 'loss' | 'samples' | 'metrics'>, kind?: DatasetKind): string {
  const { accuracy, ...others } = metrics;
  const figures = [
    ...(accuracy === undefined ? [] : [`accuracy ${percent(accuracy)}`]),
    `loss ${loss.toFixed(4)}${kind === 'text' ? ' nats a character' : ''}`,
    ...Object.entries(others).map(([name, value]) => `${name} ${value.toFixed(4)}`),
  ];
  return `${figures.join(', ')} on ${plural(samples, kind === 'text' ? 'window' : 'sample')}`;
}
