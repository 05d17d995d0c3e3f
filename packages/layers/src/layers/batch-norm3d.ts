import { BatchNorm } from './batch-norm.ts';

/**
 * Batch normalisation of volumes: as {@link BatchNorm2d}, for `[n, c, d, h, w]`.
 *
 * @example
 * const layer = new BatchNorm3d(2);
 * layer.forward(ones([4, 2, 3, 3, 3]), { training: true }).shape // [4, 2, 3, 3, 3]
 */
export class BatchNorm3d extends BatchNorm {
  protected override get ranks(): readonly number[] {
    return [5];
  }
}
