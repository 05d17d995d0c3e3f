import { FeatureDropout } from './feature-dropout.ts';

/**
 * Dropout of whole channels of `[n, c, l]` while training; see {@link featureDropout}.
 *
 * @example
 * new Dropout1d(0.2).forward(ones([4, 3, 8]), { training: true }).shape // [4, 3, 8]
 */
export class Dropout1d extends FeatureDropout {
  protected override get rank(): number {
    return 3;
  }
}
