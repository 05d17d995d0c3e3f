import { Conv2d, Dropout, Flatten, Linear, LocalResponseNorm, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import type { AlexNetOptions } from '../alexnet/alexnet.ts';

/**
 * VGG-M: AlexNet with a smaller first stride and more channels, 96, 256, 512, 512 and 512, then 4096, 4096 and `classes` units. 102,908,520
 * parameters.
 *
 * @returns a model from `[n, inChannels, 224, 224]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @see Chatfield, Simonyan, Vedaldi & Zisserman, Return of the devil in the details, 2014, table 1
 */
export function vggM({ inChannels = 3, classes = 1000, dropout = 0.5, rng }: AlexNetOptions = {}): Sequential {
  const norm = (): LocalResponseNorm => new LocalResponseNorm(5, { alpha: 5e-4, beta: 0.75, k: 2 });
  return new Sequential({
    conv1: new Conv2d(inChannels, 96, 7, { stride: 2, rng }),
    relu1: new ReLU(),
    norm1: norm(),
    pool1: new MaxPool2d(3, { stride: 2, ceilMode: true }),
    conv2: new Conv2d(96, 256, 5, { stride: 2, padding: 1, rng }),
    relu2: new ReLU(),
    norm2: norm(),
    pool2: new MaxPool2d(3, { stride: 2, ceilMode: true }),
    conv3: new Conv2d(256, 512, 3, { padding: 1, rng }),
    relu3: new ReLU(),
    conv4: new Conv2d(512, 512, 3, { padding: 1, rng }),
    relu4: new ReLU(),
    conv5: new Conv2d(512, 512, 3, { padding: 1, rng }),
    relu5: new ReLU(),
    pool5: new MaxPool2d(3, { stride: 2, ceilMode: true }),
    flatten: new Flatten(),
    fc6: new Linear(512 * 6 * 6, 4096, { rng }),
    relu6: new ReLU(),
    drop6: new Dropout(dropout),
    fc7: new Linear(4096, 4096, { rng }),
    relu7: new ReLU(),
    drop7: new Dropout(dropout),
    fc8: new Linear(4096, classes, { rng }),
  });
}
