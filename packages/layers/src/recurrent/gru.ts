import type { Parameter, Tensor } from '@dl/tensor';
import type { ForwardOptions } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { gruCell } from './gru-cell.ts';
import { type RecurrentOptions, RecurrentStack } from './recurrent-stack.ts';

/** What {@link GRU} and {@link RNN} return. */
export interface RecurrentOutput {
  /** `[t, n, directions · hiddenSize]` of the last layer; laid out as the input. */
  readonly output: Tensor;
  /** The last states, `[numLayers · directions, n, hiddenSize]`; without `n` where the input has no batch. */
  readonly h: Tensor;
}

/**
 * Gated recurrent unit: with $r, z = \sigma(W x_t + b + U h_{t-1} + d)$ and $n = \tanh(W_n x_t + b_n + r (U_n h_{t-1} + d_n))$, each step computes
 * $h_t = (1 - z) n + z h_{t-1}$. Arguments, names and first weights are as in {@link LSTM}; gates are in the order r, z, n.
 *
 * @example
 * const layer = new GRU(3, 8, { bidirectional: true });
 * const { output, h } = layer.forward(ones([5, 4, 3]));
 * output.shape // [5, 4, 16]
 * h.shape // [2, 4, 8]
 * @see Cho et al., Learning phrase representations using RNN encoder-decoder, 2014
 */
export class GRU extends Module {
  readonly #stack: RecurrentStack;

  /** @throws {@link ArgumentError} unless counts are positive integers and `dropout` is in [0, 1] */
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super();
    this.#stack = new RecurrentStack(gruCell, inputSize, hiddenSize, options);
  }

  override *members(): Generator<readonly [name: string, member: Parameter | Module]> {
    yield* this.#stack.members();
  }

  /**
   * @param x - `[t, n, inputSize]`, `[n, t, inputSize]` with `batchFirst`, or `[t, inputSize]` without a batch
   * @param h - where to begin. Default: zeros
   * @throws {@link ShapeError} when input or state have another shape, or there is no step
   */
  override forward(x: Tensor, h?: Tensor, options: ForwardOptions = {}): RecurrentOutput {
    const { output, last } = this.#stack.run(x, h && [h], options);
    return { output, h: last[0] };
  }
}
