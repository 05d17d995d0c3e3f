import { ArgumentError } from '@dl/kernels';
import { add, gelu, type Rng, relu, type Tensor } from '@dl/tensor';
import { Dropout } from '../layers/dropout.ts';
import { LayerNorm } from '../layers/layer-norm.ts';
import { Linear } from '../layers/linear.ts';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { MultiheadAttention } from './multihead-attention.ts';

/** Options of {@link TransformerEncoderLayer}. */
export interface TransformerEncoderLayerOptions {
  /** Width of the hidden layer of the feed-forward part. Default 2048. */
  readonly dimFeedforward?: number | undefined;
  /** The share of elements that become 0 while training. Default 0.1. */
  readonly dropout?: number | undefined;
  /** Default `'relu'`. */
  readonly activation?: 'relu' | 'gelu' | undefined;
  /** Of both normalisations. Default 1e-5. */
  readonly layerNormEps?: number | undefined;
  /** Whether sequences are `[n, l, e]` instead of `[l, n, e]`. Default `false`. */
  readonly batchFirst?: boolean | undefined;
  /** Whether each part normalises what it takes, instead of what it gives. Default `false`. */
  readonly normFirst?: boolean | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/** How a transformer encoder is run. */
export interface EncoderForwardOptions extends ForwardOptions {
  /** `[l, l]` or `[n * heads, l, l]`: bool, true where a position must not look; or float, added to the scores. */
  readonly mask?: Tensor | undefined;
  /** `[n, l]`, bool: true for positions that are padding. */
  readonly keyPaddingMask?: Tensor | undefined;
}

/**
 * One layer of a transformer's encoder: every position attends to all, then passes through two linear layers of its own; both parts have
 * a shortcut and a layer normalisation.
 *
 * Arguments and names in state dicts (`self_attn.in_proj_weight`, `linear1.weight`, `norm2.bias`) are PyTorch's.
 *
 * @example
 * const layer = new TransformerEncoderLayer(8, 2, { dimFeedforward: 16 });
 * layer.forward(ones([5, 4, 8])).shape // [5, 4, 8]
 * @see Vaswani et al., Attention is all you need, 2017
 */
export class TransformerEncoderLayer extends Module implements Layer {
  readonly selfAttn: MultiheadAttention;
  readonly linear1: Linear;
  readonly dropout: Dropout;
  readonly linear2: Linear;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly dropout1: Dropout;
  readonly dropout2: Dropout;
  readonly #activation: (x: Tensor) => Tensor;
  readonly #normFirst: boolean;

  /** @throws {@link ArgumentError} as {@link MultiheadAttention}, or for an unknown activation */
  constructor(dModel: number, nhead: number, options: TransformerEncoderLayerOptions = {}) {
    super();
    const { dimFeedforward = 2048, dropout = 0.1, activation = 'relu', layerNormEps: eps = 1e-5 } = options;
    const { batchFirst, normFirst = false, rng } = options;
    if (activation !== 'relu' && activation !== 'gelu') {
      throw new ArgumentError('TransformerEncoderLayer', `activation must be 'relu' or 'gelu', got ${String(activation)}`);
    }
    this.selfAttn = new MultiheadAttention(dModel, nhead, { dropout, batchFirst, rng });
    this.linear1 = new Linear(dModel, dimFeedforward, { rng });
    this.dropout = new Dropout(dropout);
    this.linear2 = new Linear(dimFeedforward, dModel, { rng });
    this.norm1 = new LayerNorm(dModel, { eps });
    this.norm2 = new LayerNorm(dModel, { eps });
    this.dropout1 = new Dropout(dropout);
    this.dropout2 = new Dropout(dropout);
    this.#activation = activation === 'relu' ? relu : (x) => gelu(x);
    this.#normFirst = normFirst;
  }

  /**
   * @param x - `[l, n, dModel]`, `[n, l, dModel]` with `batchFirst`, or `[l, dModel]`
   * @returns the same shape
   * @throws {@link ShapeError} as {@link MultiheadAttention}
   */
  override forward(x: Tensor, options: EncoderForwardOptions = {}): Tensor {
    if (this.#normFirst) {
      const attended = add(x, this.#attend(this.norm1.forward(x), options));
      return add(attended, this.#feedForward(this.norm2.forward(attended), options));
    }
    const attended = this.norm1.forward(add(x, this.#attend(x, options)));
    return this.norm2.forward(add(attended, this.#feedForward(attended, options)));
  }

  #attend(x: Tensor, { mask, ...options }: EncoderForwardOptions): Tensor {
    return this.dropout1.forward(this.selfAttn.forward(x, x, x, { ...options, attnMask: mask }).output, options);
  }

  #feedForward(x: Tensor, options: ForwardOptions): Tensor {
    const hidden = this.dropout.forward(this.#activation(this.linear1.forward(x)), options);
    return this.dropout2.forward(this.linear2.forward(hidden), options);
  }
}
