import type { Tensor } from '@dl/tensor';

/** What a step computed. */
export interface CellStep {
  /** The next states, `[n, h]` each; the first is the output. */
  readonly next: readonly Tensor[];
  /** What the derivative needs besides. */
  readonly saved: readonly Tensor[];
}

/** A gradient by each input of a step. */
export interface CellGrads {
  /** By the input's and by the previous output's part of the gates; one tensor where both are added up at once. */
  readonly fromInput: Tensor;
  readonly fromHidden: Tensor;
  /** By each state before the step, past the gates; undefined for none. */
  readonly state: readonly (Tensor | undefined)[];
}

/** A recurrent cell: from gates `[n, gates · h]` and states `[n, h]` to the next states. Both functions are written with ops. */
export interface Cell {
  /** What errors and recorders call it. */
  readonly name: string;
  /** How many numbers a hidden unit needs of the products. */
  readonly gates: number;
  /** How many states it has. */
  readonly states: 1 | 2;
  /** Whether the gates tell the two biases apart; else both are added to the input's part. */
  readonly hasHiddenBias: boolean;
  step(fromInput: Tensor, fromHidden: Tensor, state: readonly Tensor[]): CellStep;
  grad(step: CellStep, state: readonly Tensor[], grads: readonly Tensor[]): CellGrads;
  /** All steps at once, for a cell that some backends have as one kernel. */
  readonly sequence?: CellSequence;
}

/** What a scan takes: projected `[t, n, gates · h]`, weight, states, and the hidden bias of a cell that has one. */
export type ScanTensors = readonly [projected: Tensor, weight: Tensor, ...rest: Tensor[]];

/** A cell over time as one kernel; both give nothing where the backend has none, or somebody records. */
export interface CellSequence {
  /** The states `[states, t, n, h]`, and what the derivative needs besides. */
  run(inputs: ScanTensors, reverse: boolean): CellStates | undefined;
  /** The gradients by projected `[t, n, gates · h]` and by the first states. */
  grad(grad: Tensor, inputs: ScanTensors, made: CellStates, reverse: boolean): CellSequenceGrads | undefined;
}

/** The states after all steps, and what the derivative needs besides. */
export interface CellStates {
  readonly output: Tensor;
  readonly saved: readonly Tensor[];
}

/** Gradients of a {@link CellSequence}. */
export interface CellSequenceGrads {
  readonly projected: Tensor;
  readonly state: readonly Tensor[];
}
