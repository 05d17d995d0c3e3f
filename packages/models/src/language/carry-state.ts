import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import { type ForwardOptions, type Layer, Module } from '@dl/layers';
import { alias, Parameter, type Tensor, withoutRecording, zeros, zerosLike } from '@dl/tensor';
import { assignFresh } from '../assign-fresh.ts';
import type { CharLSTM } from './char-lstm.ts';

/**
 * A {@link CharLSTM} that in training begins each batch with the state in which the last one ended, without its gradient: truncated
 * backpropagation through time. Row $r$ of a batch must go on where that of the last stopped, as those of `textDataset` with `streams` do.
 * Call {@link CarryState.reset} after each epoch, in `onEpochEnd` of a callback. Out of training each batch begins with zeros, and no state is touched.
 *
 * The parameters are the model's own, under the same names. The state, `h` and `c`, is in the state dict too, so that a checkpoint in the middle of
 * an epoch has it; other files may lack it.
 *
 * @example
 * const model = new CarryState(charLstm(5, { hiddenSize: 8, numLayers: 1 }), 2);
 * const x = tensor([[0, 1], [3, 4]], { dtype: 'int32' });
 * const first = await model.forward(x, { training: true }).data();
 * const second = await model.forward(x, { training: true }).data();
 * first[0] === second[0] // false
 * @see Williams & Peng, An efficient gradient-based algorithm for on-line training of recurrent network trajectories, 1990
 */
export class CarryState extends Module implements Layer {
  /** The model itself: what to save when all is done. */
  readonly model: CharLSTM;
  /** `[layers, streams, hiddenSize]`. */
  readonly h: Parameter;
  /** `[layers, streams, hiddenSize]`. */
  readonly c: Parameter;

  /**
   * @param streams - rows of a batch in training
   * @throws {@link ArgumentError} unless it is a positive integer
   */
  constructor(model: CharLSTM, streams: number) {
    super();
    if (!Number.isInteger(streams) || streams < 1) {
      throw new ArgumentError('CarryState', `streams must be a positive integer, got ${streams}`);
    }
    const [layers, hiddenSize] = model.stateShape;
    const { dtype, backend } = model.decoder.weight;
    const begin = (): Parameter => new Parameter(zeros([layers, streams, hiddenSize], { dtype, backend }), { trainable: false });
    this.model = model;
    this.h = begin();
    this.c = begin();
  }

  override *members(): Generator<readonly [name: string, member: Parameter | Module]> {
    yield* this.model.members();
    yield ['h', this.h];
    yield ['c', this.c];
  }

  override optionalMembers(): readonly string[] {
    return ['h', 'c'];
  }

  /** Begins with zeros again. */
  reset(): void {
    for (const part of [this.h, this.c]) assignFresh(part, zerosLike(part));
  }

  /**
   * @param x - numbers of characters `[n, t]`, int32; in training `n` must be the streams
   * @returns logits `[n, characters, t]`
   * @throws {@link ShapeError} for another number of rows
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    if (options.training !== true) return this.model.forward(x, options);
    const streams = this.h.shape[1];
    if (x.shape[0] !== streams) {
      throw new ShapeError(
        'CarryState',
        `x must be [${streams}, t] in training, a row for each stream, got ${formatShape(x.shape)}`,
      );
    }
    // Handles of their own: the state is replaced before the backward pass.
    const [h, c] = withoutRecording(() => [alias(this.h), alias(this.c)]);
    const output = this.model.forwardWithState(x, { h, c }, options);
    withoutRecording(() => {
      this.h.assign(output.h);
      this.c.assign(output.c);
    });
    return output.logits;
  }
}
