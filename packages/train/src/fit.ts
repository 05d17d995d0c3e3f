import { ArgumentError } from '@dl/kernels';
import type { Layer } from '@dl/layers';
import { ReduceLROnPlateau } from '@dl/optim';
import type { Rng } from '@dl/tensor';
import type { Callback } from './callbacks/callback.ts';
import type { TrainingState } from './checkpoints/training-state.ts';
import type { Loss } from './evaluate.ts';
import type { FitResult } from './history.ts';
import type { Loader } from './loader.ts';
import type { Metrics } from './metrics/metric.ts';
import { refuseTest } from './refuse-test.ts';
import type { Scheduler } from './scheduler.ts';
import type { Stepper } from './stepper.ts';
import { TrainingRun } from './training-run.ts';

/** What {@link fit} is told. */
export interface FitOptions {
  readonly model: Layer;
  readonly loss: Loss;
  readonly optimizer: Stepper;
  readonly train: Loader;
  /** Evaluated after each epoch. */
  readonly validation?: Loader | undefined;
  readonly epochs: number;
  /**
   * Moved on after each epoch, and told its loss on validation data, or on training data without. After each step where
   * {@link FitOptions.scheduleEvery} says so.
   */
  readonly schedule?: Scheduler | undefined;
  /** When the schedule moves on: such as `OneCycleLR` and warm-ups count steps. Default `'epoch'`. */
  readonly scheduleEvery?: 'epoch' | 'step' | undefined;
  /**
   * How many batches make a step: their gradients' mean, weighted by samples, is that of one large batch, in the memory of a small one. Batch
   * normalisation still sees the small ones. Default 1.
   */
  readonly accumulate?: number | undefined;
  /** Gathered over training and validation data. Default: none. */
  readonly metrics?: Metrics<number> | undefined;
  /** Asked in their order. Default: none. */
  readonly callbacks?: readonly Callback[] | undefined;
  /** What random layers draw from. Default: the default generator. */
  readonly rng?: Rng | undefined;
  /** Ends the training with its reason, between two steps. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Goes on where an earlier call was, with everything made alike: model, optimiser, schedule, loaders, metrics, callbacks. The weights and the
   * history, but for its seconds, then have the bits that they would have had without an interruption.
   */
  readonly resume?: TrainingState | undefined;
}

/**
 * Trains a model: for each batch the loss, its gradients and a step of the optimiser; for each epoch the figures of training and
 * validation. Everything that a step makes is freed.
 *
 * With the same seeds of the weights, the loader and the generator, the trained weights have the same bits.
 *
 * @throws {@link ArgumentError} unless `epochs` is a non-negative integer, `accumulate` a positive one and the model has trainable parameters; for
 * a plateau that should be looked for at every step; and for a test set: nothing may be learnt from it, and nothing chosen by it
 * @throws {@link ArgumentError} or {@link StateDictError} when `resume` is the state of a run unlike this one
 * @throws the reason of `signal`, when it aborts
 * @example
 * const x = { shape: [4, 1], dtype: 'float32', data: new Float32Array([0, 1, 2, 3]) } as const;
 * const y = { shape: [4, 1], dtype: 'float32', data: new Float32Array([1, 3, 5, 7]) } as const;
 * const train = new DataLoader(new ArrayDataset({ x, y }), { batchSize: 4 });
 * const model = new Linear(1, 1);
 * const optimizer = new SGD(model.parameters(), { lr: 0.1 });
 * const { history } = await fit({ model, loss: mseLoss, optimizer, train, epochs: 100 });
 * history[99].train.loss < 0.01 // true
 */
export async function fit(options: FitOptions): Promise<FitResult> {
  checkOptions(options);
  const run = new TrainingRun(options);
  const { callbacks = [] } = options;
  let result: FitResult | undefined;
  try {
    result = await run.complete();
    return result;
  } finally {
    run.dispose();
    await tellEnd(callbacks, result);
  }
}

/** Tells everybody, whoever fails; the first failure comes out, unless the training itself has failed. */
async function tellEnd(callbacks: readonly Callback[], result: FitResult | undefined): Promise<void> {
  const failures: unknown[] = [];
  for (const callback of callbacks) {
    try {
      await callback.onFitEnd?.(result);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0 && result !== undefined) throw failures[0];
}

function checkOptions({ epochs, accumulate = 1, model, train, validation, schedule, scheduleEvery }: FitOptions): void {
  if (!Number.isInteger(epochs) || epochs < 0)
    throw new ArgumentError('fit', `epochs must be a non-negative integer, got ${epochs}`);
  if (!Number.isInteger(accumulate) || accumulate < 1)
    throw new ArgumentError('fit', `accumulate must be a positive integer, got ${accumulate}`);
  if (model.parameters().length === 0) throw new ArgumentError('fit', 'the model must have trainable parameters, got none');
  if (schedule instanceof ReduceLROnPlateau && scheduleEvery === 'step')
    throw new ArgumentError(
      'fit',
      "scheduleEvery must be 'epoch' for ReduceLROnPlateau, which looks at an epoch's loss, got 'step'",
    );
  refuseTest('fit', { train, validation });
}
