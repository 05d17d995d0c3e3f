import { BatchNorm } from './batch-norm.ts';

/**
 * Batch normalisation of features: as {@link BatchNorm2d}, for `[n, c]` and `[n, c, l]`.
 *
 * @example
 * const layer = new BatchNorm1d(3);
 * layer.forward(ones([4, 3]), { training: true }).shape // [4, 3]
 */
export class BatchNorm1d extends BatchNorm {
  protected override get ranks(): readonly number[] {
    return [2, 3];
  }
}
