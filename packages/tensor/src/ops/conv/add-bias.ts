import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { reshape } from '../layout/reshape.ts';

/** `y` `[n, c, …]` plus a bias `[c]`, or `y` where there is none. */
export function addBias(op: string, y: Tensor, bias: Tensor | undefined): Tensor {
  if (bias === undefined) return y;
  const channels = y.shape[1];
  if (bias.rank !== 1 || bias.size !== channels) {
    throw new ShapeError(op, `bias must be one number a channel, got ${formatShape(bias.shape)} for ${channels} channels`);
  }
  return add(y, reshape(bias, [channels, ...y.shape.slice(2).map(() => 1)]));
}
