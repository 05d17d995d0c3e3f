import { formatShape, ShapeError } from '@dl/kernels';
import { Dropout, Embedding, type ForwardOptions, type Layer, Linear, LSTM, type LSTMState, Module } from '@dl/layers';
import { permute, type Rng, runScope, type Tensor, transpose } from '@dl/tensor';

/** Options of {@link charLstm}. */
export interface CharLSTMOptions {
  /** Numbers that stand for a character. Default 64. */
  readonly embeddingDim?: number | undefined;
  /** Units of each layer. Default 256. */
  readonly hiddenSize?: number | undefined;
  /** Layers on top of each other. Default 2. */
  readonly numLayers?: number | undefined;
  /** In training, the share of each layer's output that becomes 0. Default 0. */
  readonly dropout?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/** What {@link CharLSTM.forwardWithState} returns: the state is what to go on with. */
export interface CharLSTMOutput extends LSTMState {
  /** `[n, characters, t]`. */
  readonly logits: Tensor;
}

/**
 * A language model of characters: an embedding, layers of {@link LSTM} and a linear layer, which says of every character how likely it comes next.
 * Names in state dicts are those of PyTorch's `word_language_model` (`encoder.weight`, `rnn.weight_ih_l0`, `decoder.bias`).
 */
export class CharLSTM extends Module implements Layer {
  readonly encoder: Embedding;
  readonly rnn: LSTM;
  readonly decoder: Linear;
  /** `[layers, hiddenSize]`: the extents of a state, without the axis of the batch between them. */
  readonly stateShape: readonly [layers: number, hiddenSize: number];
  readonly #dropout: Dropout;

  /**
   * @param characters - how many there are, the size of the vocabulary
   * @throws {@link ArgumentError} unless counts are positive integers and `dropout` is in [0, 1]
   */
  constructor(
    characters: number,
    { embeddingDim = 64, hiddenSize = 256, numLayers = 2, dropout = 0, rng }: CharLSTMOptions = {},
  ) {
    super();
    this.encoder = new Embedding(characters, embeddingDim, { rng });
    this.rnn = new LSTM(embeddingDim, hiddenSize, { numLayers, dropout, rng });
    this.decoder = new Linear(hiddenSize, characters, { rng });
    this.stateShape = [numLayers, hiddenSize];
    this.#dropout = new Dropout(dropout);
  }

  /**
   * Begins with a state of zeros.
   *
   * @param x - numbers of characters `[n, t]`, int32
   * @returns logits `[n, characters, t]` of the character after each, as {@link crossEntropy} takes them with a target `[n, t]`
   * @throws {@link ShapeError} for another rank
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return this.#run(x, undefined, options).logits;
  }

  /**
   * As {@link CharLSTM.forward}, beginning where another call ended.
   *
   * @param state - `[layers, n, hiddenSize]` each. Default: zeros
   * @throws {@link ShapeError} for a state of another shape
   */
  forwardWithState(x: Tensor, state?: LSTMState, options: ForwardOptions = {}): CharLSTMOutput {
    return runScope('forwardWithState of CharLSTM', () => this.#run(x, state, options));
  }

  #run(x: Tensor, state: LSTMState | undefined, options: ForwardOptions): CharLSTMOutput {
    if (x.rank !== 2) throw new ShapeError('CharLSTM', `x must be [n, t], got ${formatShape(x.shape)}`);
    const drop = (y: Tensor): Tensor => this.#dropout.forward(y, options);
    const { output, h, c } = this.rnn.forward(drop(this.encoder.forward(transpose(x, 0, 1))), state, options);
    return { logits: permute(this.decoder.forward(drop(output)), [1, 2, 0]), h, c };
  }
}

/**
 * A {@link CharLSTM} for a vocabulary.
 *
 * To train it by truncated backpropagation through time, wrap it in {@link CarryState}; {@link generate} lets it write.
 *
 * @returns a model from numbers of characters `[n, t]` to logits `[n, characters, t]`
 * @throws {@link ArgumentError} unless counts are positive integers and `dropout` is in [0, 1]
 * @example
 * const model = charLstm(65, { hiddenSize: 32, numLayers: 1 });
 * model.forward(zeros([2, 7], { dtype: 'int32' })).shape // [2, 65, 7]
 * @see Karpathy, Johnson & Fei-Fei, Visualizing and understanding recurrent networks, 2015
 */
export function charLstm(characters: number, options: CharLSTMOptions = {}): CharLSTM {
  return new CharLSTM(characters, options);
}
