import type { HostTensor } from '@dl/kernels';
import type { RngState } from '@dl/tensor';
import type { EpochResult } from '../history.ts';
import type { MetricState } from '../metrics/metric.ts';
import type { StateTree } from './state-tree.ts';

/** The sums of an epoch that is not over. */
export interface FiguresState {
  readonly loss: MetricState;
  /** By the names of the metrics. */
  readonly metrics: Readonly<Record<string, MetricState>>;
}

/**
 * All that {@link fit} needs to go on from between two steps to the same bits as if nothing had been between them. It is on the host, and
 * independent of the run it was taken of.
 */
export interface TrainingState {
  /** The epoch in progress, from 1; one more than were asked for where all are over. */
  readonly epoch: number;
  /** Steps of that epoch that are done; 0 before its first. */
  readonly step: number;
  /** Samples of that epoch so far. */
  readonly samples: number;
  /** Seconds of that epoch so far. */
  readonly seconds: number;
  /** The learning rate that the epoch began with. */
  readonly lr: number;
  /** Steps of all epochs. */
  readonly globalStep: number;
  /** Whether somebody has ended the training. */
  readonly stopped: boolean;
  /** Undefined before the first step of the epoch. */
  readonly figures: FiguresState | undefined;
  /** The epochs that are over. */
  readonly history: readonly EpochResult[];
  /** The model's state dict: weights and running statistics. */
  readonly weights: ReadonlyMap<string, HostTensor>;
  readonly optimizer: StateTree;
  readonly schedule: StateTree | undefined;
  /** The generator that `fit` was given. */
  readonly rng: RngState | undefined;
  /** The default generator. */
  readonly defaultRng: RngState;
  /** Where the training data are. */
  readonly train: StateTree;
  /** Where the validation data are, of loaders that say so. */
  readonly validation: StateTree | undefined;
  /** Of the callbacks that have one, by their names. */
  readonly callbacks: Readonly<Record<string, StateTree>>;
}
