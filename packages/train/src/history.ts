/** Loss and metrics over an epoch or a data set. */
export interface Figures {
  /** Mean over all samples. */
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** One epoch of {@link fit}. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  /** The learning rate of this epoch. */
  readonly lr: number;
  readonly steps: number;
  readonly samples: number;
  /** Of the training alone, without the validation. */
  readonly seconds: number;
  /** While the model was learning, in training mode. */
  readonly train: Figures;
  /** After the epoch, in evaluation mode; undefined without validation data. */
  readonly validation: Figures | undefined;
}

/** What {@link fit} returns. */
export interface FitResult {
  /** Epoch by epoch. */
  readonly history: readonly EpochResult[];
  /** Of all epochs. */
  readonly steps: number;
  /** Of the training alone. */
  readonly stepsPerSecond: number;
}
