import { ArgumentError } from '@dl/kernels';
import { Conv2d, Dropout, Flatten, type Layer, Linear, LocalResponseNorm, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import type { AlexNetOptions } from './alexnet.ts';

/** A layer that {@link alexnetTwoTower} can do without. */
export type AlexNetLayer = 3 | 4 | 6 | 7;

/** Options of {@link alexnetTwoTower}. */
export interface AlexNetTwoTowerOptions extends AlexNetOptions {
  /** 2 for two towers that meet in layers 3 and 6, one on each GPU of the paper; 1 for full connections. Default 2. */
  readonly groups?: 1 | 2 | undefined;
  /** Layers left out, by number, to see what each is worth. Default none. */
  readonly without?: readonly AlexNetLayer[] | undefined;
}

/**
 * AlexNet of the paper: 96, 256, 384, 384 and 256 channels, the second, fourth and fifth convolution in two groups, local response normalisation,
 * overlapping pooling, then 4096, 4096 and `classes` units. 60,965,224 parameters; 62,378,344 without groups.
 *
 * The first layer has 55 × 55 × 96 = 290,400 units, where the paper counts 253,440. First weights are those of {@link Conv2d} and {@link Linear}.
 *
 * @returns a model from `[n, inChannels, 224, 224]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers, other groups, or a layer that cannot be left out
 * @see Krizhevsky, Sutskever & Hinton, ImageNet classification with deep convolutional neural networks, 2012
 * @see Zeiler & Fergus, Visualizing and understanding convolutional networks, 2014, table 3: what leaving layers out costs
 */
export function alexnetTwoTower(options: AlexNetTwoTowerOptions = {}): Sequential {
  const { inChannels = 3, classes = 1000, dropout = 0.5, groups = 2, without = [], rng } = options;
  if (groups !== 1 && groups !== 2) throw new ArgumentError('alexnetTwoTower', `groups must be 1 or 2, got ${String(groups)}`);
  const unknown = without.find((layer) => ![3, 4, 6, 7].includes(layer));
  if (unknown !== undefined) throw new ArgumentError('alexnetTwoTower', `without must name layers 3, 4, 6 or 7, got ${unknown}`);
  const has = (layer: AlexNetLayer): boolean => !without.includes(layer);

  const conv = (from: number, to: number, split: number): Conv2d => new Conv2d(from, to, 3, { padding: 1, groups: split, rng });
  const norm = (): Layer => new LocalResponseNorm(5, { alpha: 5e-4, beta: 0.75, k: 2 });
  const middle: Record<string, Layer> = {};
  if (has(3)) Object.assign(middle, { conv3: conv(256, 384, 1), relu3: new ReLU() });
  if (has(4)) Object.assign(middle, { conv4: conv(has(3) ? 384 : 256, 384, groups), relu4: new ReLU() });
  const hidden: Record<string, Layer> = {};
  let units = 256 * 6 * 6;
  for (const layer of [6, 7] as const) {
    if (!has(layer)) continue;
    const fc = new Linear(units, 4096, { rng });
    Object.assign(hidden, { [`fc${layer}`]: fc, [`relu${layer}`]: new ReLU(), [`drop${layer}`]: new Dropout(dropout) });
    units = 4096;
  }
  return new Sequential({
    conv1: new Conv2d(inChannels, 96, 11, { stride: 4, padding: 2, rng }),
    relu1: new ReLU(),
    norm1: norm(),
    pool1: new MaxPool2d(3, { stride: 2 }),
    conv2: new Conv2d(96, 256, 5, { padding: 2, groups, rng }),
    relu2: new ReLU(),
    norm2: norm(),
    pool2: new MaxPool2d(3, { stride: 2 }),
    ...middle,
    conv5: conv(has(3) || has(4) ? 384 : 256, 256, groups),
    relu5: new ReLU(),
    pool5: new MaxPool2d(3, { stride: 2 }),
    flatten: new Flatten(),
    ...hidden,
    fc8: new Linear(units, classes, { rng }),
  });
}
