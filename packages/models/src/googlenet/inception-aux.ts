import { Dropout, type ForwardOptions, type Layer, Linear, Module } from '@dl/layers';
import { adaptiveAvgPool2d, flatten, type Rng, relu, type Tensor } from '@dl/tensor';
import { BasicConv2d } from './basic-conv2d.ts';

/** An auxiliary classifier of GoogLeNet: average pooling to 4 × 4, 1 × 1 convolution, 1024 units, logits. */
export class InceptionAux extends Module implements Layer {
  readonly conv: BasicConv2d;
  readonly fc1: Linear;
  readonly fc2: Linear;
  readonly #dropout: Dropout;

  constructor(inChannels: number, classes: number, dropout: number, rng: Rng | undefined) {
    super();
    this.conv = new BasicConv2d(inChannels, 128, 1, { rng });
    this.fc1 = new Linear(2048, 1024, { rng });
    this.fc2 = new Linear(1024, classes, { rng });
    this.#dropout = new Dropout(dropout);
  }

  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    const y = flatten(this.conv.forward(adaptiveAvgPool2d(x, 4), options), 1);
    return this.fc2.forward(this.#dropout.forward(relu(this.fc1.forward(y)), options));
  }
}
