import { ArgumentError } from '@dl/kernels';
import { type Concat, Conv2d, Dropout, type ForwardOptions, init, type Layer, Linear, Module } from '@dl/layers';
import { add, flatten, globalAvgPool2d, maxPool2d, mul, runScope, type Tensor, tensor } from '@dl/tensor';
import { assignFresh } from '../assign-fresh.ts';
import type { ImageNetOptions } from '../image-net-options.ts';
import { BasicConv2d } from './basic-conv2d.ts';
import { inception } from './inception.ts';
import { InceptionAux } from './inception-aux.ts';

/** Options of {@link GoogLeNet}. */
export interface GoogLeNetOptions extends Omit<ImageNetOptions, 'inChannels'> {
  /** Whether there are auxiliary classifiers, for {@link GoogLeNet.forwardWithAux}. Default `false`. */
  readonly aux?: boolean | undefined;
  /** Whether images come with ImageNet's mean and deviation and are brought to mean and deviation 0.5, as torchvision's trained weights want it. Default `false`. */
  readonly transformInput?: boolean | undefined;
  /** Default 0.2. */
  readonly dropout?: number | undefined;
  /** Of the auxiliary classifiers. Default 0.7. */
  readonly dropoutAux?: number | undefined;
}

/** Logits `[n, classes]` of the end and of both auxiliary classifiers. */
export interface GoogLeNetOutput {
  readonly logits: Tensor;
  /** After module 4a. */
  readonly aux1: Tensor;
  /** After module 4d. */
  readonly aux2: Tensor;
}

/**
 * GoogLeNet (Inception v1) with torchvision's names and batch normalisation: three convolutions, nine {@link inception} modules, global average
 * pooling and a linear layer. 6,624,904 parameters; 13,004,888 with auxiliary classifiers.
 */
export class GoogLeNet extends Module implements Layer {
  readonly conv1: BasicConv2d;
  readonly conv2: BasicConv2d;
  readonly conv3: BasicConv2d;
  readonly inception3a: Concat;
  readonly inception3b: Concat;
  readonly inception4a: Concat;
  readonly inception4b: Concat;
  readonly inception4c: Concat;
  readonly inception4d: Concat;
  readonly inception4e: Concat;
  readonly inception5a: Concat;
  readonly inception5b: Concat;
  readonly aux1: InceptionAux | undefined;
  readonly aux2: InceptionAux | undefined;
  readonly fc: Linear;
  readonly #dropout: Dropout;
  readonly #transformInput: boolean;

  constructor(options: GoogLeNetOptions = {}) {
    super();
    const { classes = 1000, aux = false, transformInput = false, dropout = 0.2, dropoutAux = 0.7, rng } = options;
    this.conv1 = new BasicConv2d(3, 64, 7, { stride: 2, padding: 3, rng });
    this.conv2 = new BasicConv2d(64, 64, 1, { rng });
    this.conv3 = new BasicConv2d(64, 192, 3, { padding: 1, rng });
    this.inception3a = inception(192, [64, 96, 128, 16, 32, 32], rng);
    this.inception3b = inception(256, [128, 128, 192, 32, 96, 64], rng);
    this.inception4a = inception(480, [192, 96, 208, 16, 48, 64], rng);
    this.inception4b = inception(512, [160, 112, 224, 24, 64, 64], rng);
    this.inception4c = inception(512, [128, 128, 256, 24, 64, 64], rng);
    this.inception4d = inception(512, [112, 144, 288, 32, 64, 64], rng);
    this.inception4e = inception(528, [256, 160, 320, 32, 128, 128], rng);
    this.inception5a = inception(832, [256, 160, 320, 32, 128, 128], rng);
    this.inception5b = inception(832, [384, 192, 384, 48, 128, 128], rng);
    this.aux1 = aux ? new InceptionAux(512, classes, dropoutAux, rng) : undefined;
    this.aux2 = aux ? new InceptionAux(528, classes, dropoutAux, rng) : undefined;
    this.fc = new Linear(1024, classes, { rng });
    this.#dropout = new Dropout(dropout);
    this.#transformInput = transformInput;
    for (const module of this.modules()) {
      if (!(module instanceof Conv2d || module instanceof Linear)) continue;
      // torchvision cuts this normal distribution off at ±2, which is 200 deviations away.
      assignFresh(module.weight, init.normal(module.weight.shape, { std: 0.01, rng }));
    }
  }

  /**
   * @param x - `[n, 3, h, w]`, of 15 pixels or more; 224 × 224 in the paper
   * @returns logits `[n, classes]`
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return this.#classify(this.#middle(this.#start(x, options), options), options);
  }

  /**
   * As {@link GoogLeNet.forward}, with the auxiliary classifiers, whose losses the paper adds with weight 0.3 in training.
   *
   * @throws {@link ArgumentError} for a model made without them
   */
  forwardWithAux(x: Tensor, options: ForwardOptions = {}): GoogLeNetOutput {
    const { aux1, aux2 } = this;
    if (aux1 === undefined || aux2 === undefined) {
      throw new ArgumentError('forwardWithAux', 'the model must have auxiliary classifiers, got one made without `aux: true`');
    }
    return runScope('forwardWithAux of GoogLeNet', () => {
      const early = this.#start(x, options);
      const late = this.#middle(early, options);
      return {
        logits: this.#classify(late, options),
        aux1: aux1.forward(early, options),
        aux2: aux2.forward(late, options),
      };
    });
  }

  #start(x: Tensor, options: ForwardOptions): Tensor {
    let y = this.conv1.forward(this.#transformInput ? toHalf(x) : x, options);
    y = maxPool2d(y, 3, { stride: 2, ceilMode: true });
    y = this.conv3.forward(this.conv2.forward(y, options), options);
    y = maxPool2d(y, 3, { stride: 2, ceilMode: true });
    y = this.inception3b.forward(this.inception3a.forward(y, options), options);
    return this.inception4a.forward(maxPool2d(y, 3, { stride: 2, ceilMode: true }), options);
  }

  #middle(x: Tensor, options: ForwardOptions): Tensor {
    return [this.inception4b, this.inception4c, this.inception4d].reduce((y, module) => module.forward(y, options), x);
  }

  #classify(x: Tensor, options: ForwardOptions): Tensor {
    const pooled = maxPool2d(this.inception4e.forward(x, options), 2, { stride: 2, ceilMode: true });
    const y = this.inception5b.forward(this.inception5a.forward(pooled, options), options);
    return this.fc.forward(this.#dropout.forward(flatten(globalAvgPool2d(y), 1), options));
  }
}

/** From ImageNet's mean and deviation a channel to 0.5 and 0.5. */
function toHalf(x: Tensor): Tensor {
  const channel = (values: readonly number[]): Tensor => tensor(values, { shape: [3, 1, 1], dtype: x.dtype, backend: x.backend });
  const scale = channel([0.229, 0.224, 0.225].map((std) => std / 0.5));
  const shift = channel([0.485, 0.456, 0.406].map((mean) => (mean - 0.5) / 0.5));
  return add(mul(x, scale), shift);
}

/**
 * GoogLeNet with torchvision's names; see {@link GoogLeNet}.
 *
 * @returns a model from `[n, 3, h, w]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @example
 * const { logits, aux1 } = googlenet({ aux: true, classes: 5 }).forwardWithAux(zeros([1, 3, 32, 32]));
 * logits.shape; // [1, 5]
 * aux1.shape; // [1, 5]
 * @see Szegedy et al., Going deeper with convolutions, 2015
 */
export function googlenet(options: GoogLeNetOptions = {}): GoogLeNet {
  return new GoogLeNet(options);
}
