import { ArgumentError } from '@dl/kernels';
import type { Parameter, Tensor } from '@dl/tensor';
import type { ForwardOptions } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import type { RecurrentOutput } from './gru.ts';
import { type RecurrentOptions, RecurrentStack } from './recurrent-stack.ts';
import { nonlinearities, type RNNNonlinearity, rnnCell } from './rnn-cell.ts';

/** Options of {@link RNN}. */
export interface RNNOptions extends RecurrentOptions {
  /** $\varphi$. Default `'tanh'`. */
  readonly nonlinearity?: RNNNonlinearity | undefined;
}

/**
 * Plain recurrent layer, $h_t = \varphi(W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh})$. Arguments, names and first weights are as in {@link LSTM}.
 *
 * @example
 * const layer = new RNN(3, 8, { nonlinearity: 'relu', batchFirst: true });
 * layer.forward(ones([4, 5, 3])).output.shape // [4, 5, 8]
 * @see Elman, Finding structure in time, 1990
 */
export class RNN extends Module {
  readonly #stack: RecurrentStack;

  /** @throws {@link ArgumentError} unless counts are positive integers, `dropout` is in [0, 1] and the nonlinearity is known */
  constructor(inputSize: number, hiddenSize: number, { nonlinearity = 'tanh', ...options }: RNNOptions = {}) {
    super();
    if (!nonlinearities.includes(nonlinearity)) {
      throw new ArgumentError('RNN', `nonlinearity must be ${nonlinearities.join(' or ')}, got ${String(nonlinearity)}`);
    }
    this.#stack = new RecurrentStack(rnnCell(nonlinearity), inputSize, hiddenSize, options);
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
