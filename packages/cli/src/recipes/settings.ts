import type { BackendName } from '@dl/tensor';
import type { AugmentationName } from './augmentations.ts';
import type { OptimizerName } from './optimizers.ts';
import type { ScheduleName } from './schedules.ts';

/** How a model is trained: what {@link recipeFor} has defaults for. */
export interface Recipe {
  readonly epochs: number;
  /** Of a text: how many parts of it are read side by side. */
  readonly batchSize: number;
  readonly lr: number;
  readonly optimizer: OptimizerName;
  readonly schedule: ScheduleName;
  readonly weightDecay: number;
  readonly labelSmoothing: number;
  readonly augment: AugmentationName;
  /** The largest norm of all gradients together; undefined for any. */
  readonly clip: number | undefined;
  /** Decay of the average of weights that is evaluated and kept; undefined for none. */
  readonly ema: number | undefined;
  /** Of a text: characters a window. */
  readonly length?: number | undefined;
  /** Of the character model: units of a layer, layers, and the share that is dropped between them. */
  readonly hidden?: number | undefined;
  readonly layers?: number | undefined;
  readonly dropout?: number | undefined;
}

/** All that a run depends on besides code and data, as the manifest keeps it. */
export interface RunSettings extends Recipe {
  /** A dataset by name or path. */
  readonly data: string;
  readonly files?: readonly string[] | undefined;
  readonly testFiles?: readonly string[] | undefined;
  readonly imageSize?: number | undefined;
  readonly target?: string | undefined;
  readonly regression?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly validation: number;
  readonly model: string;
  readonly accumulate: number;
  /** Epochs without progress after which training ends; undefined for never. */
  readonly earlyStopping?: number | undefined;
  readonly seed: number;
  readonly backend: BackendName;
}
