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
