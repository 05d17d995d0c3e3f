import { Conv2d, Flatten, type Layer, Linear, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import type { Rng } from '@dl/tensor';

/** Options of {@link filterNet}. */
export interface FilterNetOptions {
  /** Whether 2 × 2 max pooling follows, for a quarter of the last layer's weights. Default `false`. */
  readonly pool?: boolean | undefined;
  /** Channels of the image. Default 1. */
  readonly inChannels?: number | undefined;
  /** Default 10. */
  readonly classes?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * The first convolutional network of a course, for images of 28 × 28: nine filters of 5 × 5, ReLU, and a linear layer. Its 9 maps of 24 × 24 make
 * 51,840 final weights; pooled to 12 × 12, 12,960.
 *
 * @returns a model from `[n, inChannels, 28, 28]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @example
 * filterNet().forward(zeros([2, 1, 28, 28])).shape // [2, 10]
 */
export function filterNet({ pool = false, inChannels = 1, classes = 10, rng }: FilterNetOptions = {}): Sequential {
  const side = pool ? 12 : 24;
  const pooling: Record<string, Layer> = pool ? { pool: new MaxPool2d(2) } : {};
  return new Sequential({
    conv: new Conv2d(inChannels, 9, 5, { rng }),
    relu: new ReLU(),
    ...pooling,
    flatten: new Flatten(),
    linear: new Linear(9 * side * side, classes, { rng }),
  });
}
