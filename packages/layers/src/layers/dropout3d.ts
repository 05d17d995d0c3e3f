import { FeatureDropout } from './feature-dropout.ts';

/**
 * Dropout of whole channels of `[n, c, d, h, w]` while training; see {@link featureDropout}.
 *
 * @example
 * new Dropout3d(0.2).forward(ones([4, 3, 2, 8, 8]), { training: true }).shape // [4, 3, 2, 8, 8]
 */
export class Dropout3d extends FeatureDropout {
  protected override get rank(): number {
    return 5;
  }
}
