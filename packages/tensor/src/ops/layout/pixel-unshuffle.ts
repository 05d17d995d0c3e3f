import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { permute } from './permute.ts';
import { reshape } from './reshape.ts';

/**
 * Lays $r \times r$ pixels out as $r^2$ channels: undoes {@link pixelShuffle}.
 *
 * @param x - `[n, c, h * r, w * r]`
 * @param downscaleFactor - $r$
 * @returns `[n, c * r * r, h, w]`
 * @throws {@link ShapeError} for another rank, or a size that $r$ does not divide
 * @throws {@link ArgumentError} unless the factor is a positive integer
 * @example
 * await pixelUnshuffle(tensor([[[[1, 2], [3, 4]]]]), 2).array() // [[[[1]], [[2]], [[3]], [[4]]]]
 */
export function pixelUnshuffle(x: Tensor, downscaleFactor: number): Tensor {
  const r = downscaleFactor;
  if (!Number.isInteger(r) || r < 1) {
    throw new ArgumentError('pixelUnshuffle', `downscaleFactor must be a positive integer, got ${r}`);
  }
  if (x.rank !== 4 || x.shape[2] % r !== 0 || x.shape[3] % r !== 0) {
    throw new ShapeError('pixelUnshuffle', `x must be [n, c, h * ${r}, w * ${r}], got ${formatShape(x.shape)}`);
  }
  const [n, c, height, width] = x.shape;
  const [h, w] = [height / r, width / r];
  return reshape(permute(reshape(x, [n, c, h, r, w, r]), [0, 1, 3, 5, 2, 4]), [n, c * r * r, h, w]);
}
