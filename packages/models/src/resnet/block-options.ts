import { BatchNorm2d, Conv2d, Sequential } from '@dl/layers';
import type { Rng } from '@dl/tensor';

/** What {@link ResidualBlock} and {@link Bottleneck} are made of. */
export interface BlockOptions {
  readonly inChannels: number;
  /** Of the 3 × 3 convolutions. */
  readonly channels: number;
  readonly stride: number;
  /** Of the 3 × 3 convolutions. */
  readonly dilation: number;
  readonly rng: Rng | undefined;
}

/** The learnt shortcut of a block, where its shape changes. */
export function projection({ inChannels, stride, rng }: BlockOptions, outChannels: number): Sequential | undefined {
  if (stride === 1 && inChannels === outChannels) return undefined;
  return new Sequential(new Conv2d(inChannels, outChannels, 1, { stride, bias: false, rng }), new BatchNorm2d(outChannels));
}
