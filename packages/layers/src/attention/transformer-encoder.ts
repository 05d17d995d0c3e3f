import type { Tensor } from '@dl/tensor';
import { checkCount } from '../layers/check-count.ts';
import type { LayerNorm } from '../layers/layer-norm.ts';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import type { EncoderForwardOptions, TransformerEncoderLayer } from './transformer-encoder-layer.ts';

/**
 * A stack of {@link TransformerEncoderLayer}s, and a normalisation at the end where one is wanted.
 *
 * @example
 * const encoder = new TransformerEncoder(() => new TransformerEncoderLayer(8, 2, { dimFeedforward: 16 }), 3);
 * encoder.forward(ones([5, 4, 8])).shape // [5, 4, 8]
 */
export class TransformerEncoder extends Module implements Layer {
  readonly layers: readonly TransformerEncoderLayer[];
  readonly norm: LayerNorm | undefined;

  /**
   * @param makeLayer - called for each layer, so that each has weights of its own
   * @throws {@link ArgumentError} unless the number of layers is a positive integer
   */
  constructor(makeLayer: () => TransformerEncoderLayer, numLayers: number, norm?: LayerNorm) {
    super();
    checkCount('TransformerEncoder', 'numLayers', numLayers);
    this.layers = Array.from({ length: numLayers }, makeLayer);
    this.norm = norm;
  }

  /** @param x - as {@link TransformerEncoderLayer} takes it */
  override forward(x: Tensor, options: EncoderForwardOptions = {}): Tensor {
    const y = this.layers.reduce((sofar, layer) => layer.forward(sofar, options), x);
    return this.norm === undefined ? y : this.norm.forward(y);
  }
}
