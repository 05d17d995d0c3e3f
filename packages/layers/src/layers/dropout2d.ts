import { FeatureDropout } from './feature-dropout.ts';

/**
 * Dropout of whole channels of `[n, c, h, w]` while training; see {@link featureDropout}.
 *
 * @example
 * new Dropout2d(0.2).forward(ones([4, 3, 8, 8]), { training: true }).shape // [4, 3, 8, 8]
 */
export class Dropout2d extends FeatureDropout {
  protected override get rank(): number {
    return 4;
  }
}
