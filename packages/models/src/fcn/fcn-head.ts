import { BatchNorm2d, Conv2d, Dropout, ReLU, Sequential } from '@dl/layers';
import type { Rng } from '@dl/tensor';

/** What makes of features scores of each class at each place: 3 × 3 to a quarter of the channels, dropout, 1 × 1. */
export function fcnHead(inChannels: number, classes: number, dropout: number, rng: Rng | undefined): Sequential {
  const hidden = Math.floor(inChannels / 4);
  return new Sequential(
    new Conv2d(inChannels, hidden, 3, { padding: 1, bias: false, rng }),
    new BatchNorm2d(hidden),
    new ReLU(),
    new Dropout(dropout),
    new Conv2d(hidden, classes, 1, { rng }),
  );
}
