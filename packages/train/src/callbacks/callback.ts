import type { EpochResult, FitResult } from '../history.ts';

/** What a callback learns before the first step. */
export interface FitStart {
  readonly epochs: number;
  /** Batches an epoch. */
  readonly steps: number;
}

/** Figures of the epoch so far. */
export interface RunningFigures {
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** What a callback learns after each step. */
export interface StepEvent {
  /** From 1. */
  readonly epoch: number;
  /** Of the epoch, from 1. */
  readonly step: number;
  /** Samples of the epoch so far. */
  readonly samples: number;
  /** Seconds of the epoch so far. */
  readonly seconds: number;
  /** Reads the running loss and metrics back: what a step costs nothing without. */
  read(): Promise<RunningFigures>;
  /** Ends the training after this step. */
  stop(): void;
}

/** What a callback learns after each epoch. */
export interface EpochEvent extends EpochResult {
  /** How many epochs were asked for. */
  readonly epochs: number;
  /** Ends the training after this epoch. */
  stop(): void;
}

/** Looks on while {@link fit} trains, and may end it. A promise is waited for. */
export interface Callback {
  onFitStart?(event: FitStart): void | Promise<void>;
  onStep?(event: StepEvent): void | Promise<void>;
  onEpochEnd?(event: EpochEvent): void | Promise<void>;
  /** Also after an error, without a result then. */
  onFitEnd?(result: FitResult | undefined): void | Promise<void>;
}
