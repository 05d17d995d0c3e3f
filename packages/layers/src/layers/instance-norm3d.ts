import { InstanceNorm } from './instance-norm.ts';

/**
 * Instance normalisation: as {@link InstanceNorm2d}, for `[n, c, d, h, w]`.
 *
 * @example
 * new InstanceNorm3d(3).forward(randn([4, 3, 2, 8, 8])).shape // [4, 3, 2, 8, 8]
 */
export class InstanceNorm3d extends InstanceNorm {
  protected override get ranks(): readonly number[] {
    return [5];
  }
}
