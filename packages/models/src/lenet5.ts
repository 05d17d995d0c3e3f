import { Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import type { Rng } from '@dl/tensor';

/** Options of {@link lenet5}. */
export interface LeNet5Options {
  /** Channels of the image. Default 1. */
  readonly inChannels?: number | undefined;
  /** Classes. Default 10. */
  readonly classes?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * LeNet-5 for images of 28 × 28: two convolutions (6 and 16 channels of 5 × 5) with pooling, then 120, 84 and `classes` units.
 *
 * As it is trained today: ReLU and max pooling in place of the scaled tanh and subsampling of the paper, full connections to the second
 * convolution, and linear outputs. A padding of 2 stands for the paper's 32 × 32 frame.
 *
 * @returns a model from `[n, inChannels, 28, 28]` to logits `[n, classes]`
 * @example
 * lenet5().forward(zeros([2, 1, 28, 28])).shape // [2, 10]
 * @see LeCun, Bottou, Bengio & Haffner, Gradient-based learning applied to document recognition, 1998
 */
export function lenet5({ inChannels = 1, classes = 10, rng }: LeNet5Options = {}): Sequential {
  return new Sequential({
    conv1: new Conv2d(inChannels, 6, 5, { padding: 2, rng }),
    relu1: new ReLU(),
    pool1: new MaxPool2d(2),
    conv2: new Conv2d(6, 16, 5, { rng }),
    relu2: new ReLU(),
    pool2: new MaxPool2d(2),
    flatten: new Flatten(),
    fc1: new Linear(400, 120, { rng }),
    relu3: new ReLU(),
    fc2: new Linear(120, 84, { rng }),
    relu4: new ReLU(),
    fc3: new Linear(84, classes, { rng }),
  });
}
