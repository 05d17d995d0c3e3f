import { Conv2d, Dropout, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import type { AlexNetOptions } from './alexnet.ts';

/**
 * AlexNet as a course writes it in one table: 64, 256, 384, 384 and 256 channels in one tower, and the linear layers as convolutions, of 6 × 6 and
 * 1 × 1. So the result of an image of 224 × 224 is `classes` × 1 × 1, and that of a larger one a map of scores. 62,161,896 parameters.
 *
 * The first two poolings have a frame of one pixel (55 → 28 → 14), the last has none (14 → 6).
 *
 * @returns a model from `[n, inChannels, 224, 224]` to logits `[n, classes, 1, 1]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 */
export function alexnetOneTower({ inChannels = 3, classes = 1000, dropout = 0.5, rng }: AlexNetOptions = {}): Sequential {
  return new Sequential({
    conv1: new Conv2d(inChannels, 64, 11, { stride: 4, padding: 2, rng }),
    relu1: new ReLU(),
    pool1: new MaxPool2d(3, { stride: 2, padding: 1 }),
    conv2: new Conv2d(64, 256, 5, { padding: 2, rng }),
    relu2: new ReLU(),
    pool2: new MaxPool2d(3, { stride: 2, padding: 1 }),
    conv3: new Conv2d(256, 384, 3, { padding: 1, rng }),
    relu3: new ReLU(),
    conv4: new Conv2d(384, 384, 3, { padding: 1, rng }),
    relu4: new ReLU(),
    conv5: new Conv2d(384, 256, 3, { padding: 1, rng }),
    relu5: new ReLU(),
    pool5: new MaxPool2d(3, { stride: 2 }),
    drop6: new Dropout(dropout),
    conv6: new Conv2d(256, 4096, 6, { rng }),
    relu6: new ReLU(),
    drop7: new Dropout(dropout),
    conv7: new Conv2d(4096, 4096, 1, { rng }),
    relu7: new ReLU(),
    conv8: new Conv2d(4096, classes, 1, { rng }),
  });
}
