import { Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import type { Rng } from '@dl/tensor';

/** Options of {@link cifarNet} and {@link nin}. */
export interface CifarNetOptions {
  /** Channels of the image. Default 3. */
  readonly inChannels?: number | undefined;
  /** Default 10. */
  readonly classes?: number | undefined;
  /** The share that dropout drops. Default 0.5. */
  readonly dropout?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * A small network for images of 32 × 32, C1 P2 C3 P4 C5 P6 F7 F8: convolutions of 5 × 5 with 32, 32 and 64 channels, each with ReLU and 3 × 3
 * pooling to half the size, 64 units with dropout, logits. 145,578 parameters.
 *
 * @returns a model from `[n, inChannels, 32, 32]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @example
 * cifarNet().forward(zeros([2, 3, 32, 32])).shape // [2, 10]
 */
export function cifarNet({ inChannels = 3, classes = 10, dropout = 0.5, rng }: CifarNetOptions = {}): Sequential {
  const pool = (): MaxPool2d => new MaxPool2d(3, { stride: 2, ceilMode: true });
  return new Sequential({
    c1: new Conv2d(inChannels, 32, 5, { padding: 2, rng }),
    relu1: new ReLU(),
    p2: pool(),
    c3: new Conv2d(32, 32, 5, { padding: 2, rng }),
    relu3: new ReLU(),
    p4: pool(),
    c5: new Conv2d(32, 64, 5, { padding: 2, rng }),
    relu5: new ReLU(),
    p6: pool(),
    flatten: new Flatten(),
    f7: new Linear(64 * 4 * 4, 64, { rng }),
    relu7: new ReLU(),
    dropout: new Dropout(dropout),
    f8: new Linear(64, classes, { rng }),
  });
}
