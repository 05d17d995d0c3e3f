import type { Layer } from '@dl/layers';
import type { Parameter, Tensor } from '@dl/tensor';
import type { TrainingState } from '../checkpoints/training-state.ts';
import type { EpochResult, Figures, FitResult } from '../history.ts';
import type { Stepper } from '../stepper.ts';

/** What a callback learns before the first step. */
export interface FitStart {
  readonly model: Layer;
  readonly optimizer: Stepper;
  /** The trainable parameters of the model, by their dotted names. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** How many epochs were asked for. */
  readonly epochs: number;
  /** Steps an epoch: its batches, or groups of them where gradients are accumulated. */
  readonly steps: number;
  /** The epoch that it begins in: 1, or a later one where it resumes. */
  readonly epoch: number;
  /** Steps that were taken before; 0 unless it resumes. */
  readonly globalStep: number;
  /**
   * All that a later call needs to go on from here. Ask for it in `onPause`, when every callback has seen the last step.
   *
   * @throws {@link ArgumentError} where the loader, the optimiser, the schedule or a metric cannot say where it is
   */
  state(): Promise<TrainingState>;
}

/** What a callback learns before an epoch. */
export interface EpochStart {
  /** From 1. */
  readonly epoch: number;
  /** How many epochs were asked for. */
  readonly epochs: number;
  /** Steps of it that are done: 0, unless a run is resumed in its middle. */
  readonly step: number;
}

/** What a callback learns before each step, when the gradients are known. */
export interface GradientsEvent {
  /** From 1. */
  readonly epoch: number;
  /** Of the epoch, from 1. */
  readonly step: number;
  /** Steps of all epochs, this one included. */
  readonly globalStep: number;
  /**
   * The gradients that the step takes, by their parameters. The step frees them: who reads them later keeps a handle of its own (`alias`).
   */
  readonly grads: ReadonlyMap<Parameter, Tensor>;
  /** Gives the step other gradients. Whoever replaces gradients frees those that are not handed on, as `clipGradNorm` does. */
  replace(grads: ReadonlyMap<Parameter, Tensor>): void;
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
  /** Steps of all epochs, this one included. */
  readonly globalStep: number;
  /** The learning rate of this step. */
  readonly lr: number;
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

/** What a callback learns between two steps, when all callbacks have seen what was before. */
export interface PauseEvent {
  /** What is over: a step, an epoch with its validation, or the training, by its signal. */
  readonly after: 'step' | 'epoch' | 'abort';
  /** The epoch in progress, from 1. */
  readonly epoch: number;
  /** Steps of all epochs so far. */
  readonly globalStep: number;
}

/** Looks on while {@link fit} trains, may change gradients and may end it. A promise is waited for. */
export interface Callback {
  /** Under which a checkpoint keeps its state: needed where there is one, and unlike those of the others. */
  readonly name?: string | undefined;
  /** What it needs to go on later: plain data, tensors included. It is asked between two steps. */
  stateDict?(): unknown;
  /** Takes over what `stateDict` gave, as it comes back from a file: tensors on the host. Called before `onFitStart`. */
  loadStateDict?(state: unknown): void;
  onFitStart?(event: FitStart): void | Promise<void>;
  onEpochStart?(event: EpochStart): void | Promise<void>;
  /** Computes the loss of a batch: calls `compute` and returns what that returns, having watched what layers and ops do meanwhile. */
  onForward?(compute: () => Tensor): Tensor;
  /** Before each step of the optimiser. */
  onGradients?(event: GradientsEvent): void;
  onStep?(event: StepEvent): void | Promise<void>;
  /** Before the model is evaluated on validation data: who evaluates other weights than are trained puts them in. */
  onValidationStart?(): void | Promise<void>;
  /** What came of it, while the model still has the weights that were evaluated. */
  onValidation?(figures: Figures): void | Promise<void>;
  /** After that, also where it failed: the weights that are trained come back. */
  onValidationEnd?(): void | Promise<void>;
  onEpochEnd?(event: EpochEvent): void | Promise<void>;
  /** After a step or an epoch, when all callbacks have seen it: the moment to keep the state of the run. */
  onPause?(event: PauseEvent): void | Promise<void>;
  /** After the last epoch, not after an error: who trains other weights than it wants in the end puts those in. */
  onTrainingEnd?(): void | Promise<void>;
  /** The last word. Also after an error, without a result then. */
  onFitEnd?(result: FitResult | undefined): void | Promise<void>;
}
