import type { Parameter, Tensor } from '@dl/tensor';
import type { ForwardOptions } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { lstmCell } from './lstm-cell.ts';
import { type RecurrentOptions, RecurrentStack } from './recurrent-stack.ts';

/** The states of an {@link LSTM}, `[numLayers · directions, n, hiddenSize]` each; without `n` where the input has no batch. */
export interface LSTMState {
  readonly h: Tensor;
  readonly c: Tensor;
}

/** What an {@link LSTM} returns: a state, to go on with, and the output of every step. */
export interface LSTMOutput extends LSTMState {
  /** `[t, n, directions · hiddenSize]` of the last layer; laid out as the input. */
  readonly output: Tensor;
}

/**
 * Long short-term memory: with $i, f, o = \sigma(\cdot)$ and $g = \tanh(\cdot)$ of $W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh}$, each step computes
 * $c_t = f c_{t-1} + i g$ and $h_t = o \tanh c_t$.
 *
 * Arguments, names in state dicts (`weight_ih_l0`, `bias_hh_l1_reverse`; gates in the order i, f, g, o) and first weights, uniform in
 * $\pm 1 / \sqrt{\text{hiddenSize}}$, are PyTorch's; an object stands in place of its tuples, `{ output, h, c }` for `output, (h, c)`. There
 * is no derivative in forward mode (`jvp`).
 *
 * @example
 * const layer = new LSTM(3, 8, { numLayers: 2 });
 * const { output, h, c } = layer.forward(ones([5, 4, 3]));
 * output.shape // [5, 4, 8]
 * h.shape // [2, 4, 8]
 * layer.forward(ones([1, 4, 3]), { h, c }).output.shape // [1, 4, 8]
 * @see Hochreiter & Schmidhuber, Long short-term memory, 1997; Gers, Schmidhuber & Cummins, Learning to forget, 2000
 */
export class LSTM extends Module {
  readonly #stack: RecurrentStack;

  /** @throws {@link ArgumentError} unless counts are positive integers and `dropout` is in [0, 1] */
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super();
    this.#stack = new RecurrentStack(lstmCell, inputSize, hiddenSize, options);
  }

  override *members(): Generator<readonly [name: string, member: Parameter | Module]> {
    yield* this.#stack.members();
  }

  /**
   * @param x - `[t, n, inputSize]`, `[n, t, inputSize]` with `batchFirst`, or `[t, inputSize]` without a batch
   * @param state - where to begin. Default: zeros
   * @throws {@link ShapeError} when input or state have another shape, or there is no step
   */
  override forward(x: Tensor, state?: LSTMState, options: ForwardOptions = {}): LSTMOutput {
    const { output, last } = this.#stack.run(x, state && [state.h, state.c], options);
    return { output, h: last[0], c: last[1] };
  }
}
