import { BatchNorm2d, Conv2d, type ForwardOptions, type Layer, Module, Sequential } from '@dl/layers';
import { add, pad, type Rng, relu, slice, type Tensor } from '@dl/tensor';

/**
 * How a block passes its input on where the number of channels or the size changes: `'A'` takes every second pixel and fills channels up with
 * zeros, half on each side; `'B'` learns a 1 × 1 convolution, followed by batch normalisation. With `'none'` no block passes its input on, and the
 * network is the paper's plain one.
 */
export type Shortcut = 'A' | 'B' | 'none';

/** What {@link BasicBlock} is made of. */
export interface BasicBlockOptions {
  readonly inChannels: number;
  readonly channels: number;
  /** Of the first convolution. */
  readonly stride: number;
  /** `'A'` and `'B'` differ where `inChannels` and `channels` do, or the stride is not 1. */
  readonly shortcut: Shortcut;
  readonly rng: Rng | undefined;
}

/** Two 3 × 3 convolutions with batch normalisation, and a shortcut around them: $y = \max(F(x) + s(x), 0)$ (He et al. 2016, fig. 2). */
export class BasicBlock extends Module implements Layer {
  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d;
  readonly conv2: Conv2d;
  readonly bn2: BatchNorm2d;
  /** Where it is learnt. */
  readonly shortcut: Sequential | undefined;
  readonly #stride: number;
  readonly #isPlain: boolean;

  constructor({ inChannels, channels, stride, shortcut, rng }: BasicBlockOptions) {
    super();
    this.conv1 = new Conv2d(inChannels, channels, 3, { stride, padding: 1, bias: false, rng });
    this.bn1 = new BatchNorm2d(channels);
    this.conv2 = new Conv2d(channels, channels, 3, { padding: 1, bias: false, rng });
    this.bn2 = new BatchNorm2d(channels);
    if (shortcut === 'B' && (stride !== 1 || inChannels !== channels)) {
      const project = new Conv2d(inChannels, channels, 1, { stride, bias: false, rng });
      this.shortcut = new Sequential(project, new BatchNorm2d(channels));
    }
    this.#stride = stride;
    this.#isPlain = shortcut === 'none';
  }

  /**
   * @param x - `[n, inChannels, h, w]`
   * @returns `[n, channels, h / stride, w / stride]`, rounded up
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    const hidden = relu(this.bn1.forward(this.conv1.forward(x), options));
    const residual = this.bn2.forward(this.conv2.forward(hidden), options);
    if (this.#isPlain) return relu(residual);
    return relu(add(residual, this.#pass(x, residual.shape[1], options)));
  }

  #pass(x: Tensor, channels: number, options: ForwardOptions): Tensor {
    if (this.shortcut !== undefined) return this.shortcut.forward(x, options);
    const every = [null, null, this.#stride] as const;
    const missing = channels - x.shape[1];
    const before = Math.floor(missing / 2);
    return pad(this.#stride === 1 ? x : slice(x, [null, null, every, every]), [
      [0, 0],
      [before, missing - before],
      [0, 0],
      [0, 0],
    ]);
  }
}
