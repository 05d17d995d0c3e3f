import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { permute } from './permute.ts';
import { reshape } from './reshape.ts';

/**
 * Lays $r^2$ channels out as $r \times r$ pixels: $y_{n,c,r i + k,r j + l} = x_{n,\,r^2 c + r k + l,\,i,\,j}$.
 *
 * @param x - `[n, c * r * r, h, w]`
 * @param upscaleFactor - $r$
 * @returns `[n, c, h * r, w * r]`
 * @throws {@link ShapeError} for another rank, or channels that $r^2$ does not divide
 * @throws {@link ArgumentError} unless the factor is a positive integer
 * @example
 * await pixelShuffle(tensor([[[[1]], [[2]], [[3]], [[4]]]]), 2).array() // [[[[1, 2], [3, 4]]]]
 * @see Shi et al., Real-time single image and video super-resolution, 2016
 */
export function pixelShuffle(x: Tensor, upscaleFactor: number): Tensor {
  const r = upscaleFactor;
  if (!Number.isInteger(r) || r < 1)
    throw new ArgumentError('pixelShuffle', `upscaleFactor must be a positive integer, got ${r}`);
  if (x.rank !== 4 || x.shape[1] % (r * r) !== 0) {
    throw new ShapeError('pixelShuffle', `x must be [n, c * ${r * r}, h, w], got ${formatShape(x.shape)}`);
  }
  const [n, channels, h, w] = x.shape;
  const c = channels / (r * r);
  return reshape(permute(reshape(x, [n, c, r, r, h, w]), [0, 1, 4, 2, 5, 3]), [n, c, h * r, w * r]);
}
