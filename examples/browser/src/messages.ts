import type { BackendInfo } from '@dl/kernels';

/** What may compute; `auto` leaves it to `useBackend`. */
export type BackendChoice = 'auto' | 'webgpu' | 'webgl2' | 'wasm';

/** One training from the first step to the last. */
export interface TrainingPlan {
  readonly backend: BackendChoice;
  /** The same seed gives the same digits, first weights and batches. */
  readonly seed: number;
  readonly steps: number;
}

/** A figure of the batches that were just learnt from, and of digits that are never learnt from. */
export interface Figure {
  readonly training: number;
  readonly heldOut: number;
}

/** How good the network is after some steps. */
export interface Round {
  /** Steps so far. */
  readonly step: number;
  readonly loss: Figure;
  /** Shares of 1. */
  readonly accuracy: Figure;
  readonly stepsPerSecond: number;
}

/** From the page to the worker. A worker trains once; the next training gets a new one. */
export type ToWorker =
  | { readonly type: 'train'; readonly plan: TrainingPlan }
  | { readonly type: 'stop' }
  /** `image` is 28 × 28, 0 for paper and 1 for ink. */
  | { readonly type: 'recognise'; readonly image: Float32Array };

/** From the worker to the page. */
export type FromWorker =
  /** The training begins, and images may be recognised from now on. */
  | { readonly type: 'ready'; readonly backend: BackendInfo }
  | { readonly type: 'step'; readonly step: number }
  /** The backend is told anew: threads join and refusals come while it runs. */
  | { readonly type: 'round'; readonly round: Round; readonly backend: BackendInfo }
  | { readonly type: 'finished' }
  /** One probability for each class. */
  | { readonly type: 'recognised'; readonly probabilities: readonly number[] }
  /** The worker is of no use from now on. */
  | { readonly type: 'failed'; readonly message: string };
