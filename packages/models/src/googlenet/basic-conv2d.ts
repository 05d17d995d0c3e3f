import { BatchNorm2d, Conv2d, type Conv2dLayerOptions, type ForwardOptions, type Layer, Module } from '@dl/layers';
import { relu, type Tensor } from '@dl/tensor';

/** Convolution without bias, batch normalisation with `eps` 0.001, ReLU: what torchvision's GoogLeNet is made of. */
export class BasicConv2d extends Module implements Layer {
  readonly conv: Conv2d;
  readonly bn: BatchNorm2d;

  constructor(inChannels: number, outChannels: number, kernelSize: number, options: Conv2dLayerOptions) {
    super();
    this.conv = new Conv2d(inChannels, outChannels, kernelSize, { ...options, bias: false });
    this.bn = new BatchNorm2d(outChannels, { eps: 0.001 });
  }

  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return relu(this.bn.forward(this.conv.forward(x), options));
  }
}
