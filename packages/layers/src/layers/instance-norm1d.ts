import { InstanceNorm } from './instance-norm.ts';

/**
 * Instance normalisation: as {@link InstanceNorm2d}, for `[n, c, l]`.
 *
 * @example
 * new InstanceNorm1d(3).forward(randn([4, 3, 8])).shape // [4, 3, 8]
 */
export class InstanceNorm1d extends InstanceNorm {
  protected override get ranks(): readonly number[] {
    return [3];
  }
}
