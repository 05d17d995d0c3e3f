import type { Normalization } from '@dl/data';
import type { Layer } from '@dl/layers';
import type { EpochResult } from '../history.ts';
import type { Counts } from '../metrics/confusion-matrix.ts';
import type { SearchResult } from '../search/trial.ts';

/** What {@link recipe} looks for. */
export interface RecipeParameters {
  /** The learning rate of `AdamW`. */
  readonly lr: number;
  /** The penalty on large weights, of `AdamW`. */
  readonly weightDecay: number;
}

/** What each step of {@link recipe} found; all but the model is plain values, to be written as JSON. */
export interface RecipeReport {
  /** What came out: it takes images that are normalised as `normalization` says. */
  readonly model: Layer;
  /** Step 1: how many images there are to train on (D), to choose by (V) and to test with (T). */
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
  /** Step 2: of the images of D alone. */
  readonly normalization: Normalization;
  /** Step 3: the loss of the first weights on V, beside that of saying all classes alike. */
  readonly network: { readonly parameters: number; readonly loss: number; readonly lossOfChance: number };
  /** Step 4: what it made of a few images that it was to learn by heart. */
  readonly sanity: { readonly samples: number; readonly steps: number; readonly loss: number; readonly accuracy: number };
  /** Step 5: by the loss on V. */
  readonly search: SearchResult<RecipeParameters>;
  /** Step 6: epoch by epoch, and the epoch with the least loss on V. */
  readonly training: { readonly history: readonly EpochResult[]; readonly bestEpoch: number };
  /** Step 7: on D and V together, for as many epochs. */
  readonly retraining: { readonly history: readonly EpochResult[]; readonly samples: number };
  /** Step 8: on T, which nothing before has seen. */
  readonly test: { readonly loss: number; readonly accuracy: number; readonly samples: number; readonly confusion: Counts };
}
