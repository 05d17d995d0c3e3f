import type { Tensor } from '../../core/tensor.ts';
import { reshape } from '../layout/reshape.ts';

/** Applies `pool`, which works on the rows of images, to the depth of volumes `[n, c, d, h, w]`. */
export function alongDepth(x: Tensor, pool: (images: Tensor) => Tensor): Tensor {
  const [n, c, depth, h, w] = x.shape;
  const y = pool(reshape(x, [n, c, depth, h * w]));
  return reshape(y, [n, c, y.shape[2], h, w]);
}

/** Applies `pool`, which works on images, to each slice of volumes `[n, c, d, h, w]`. */
export function inSlices(x: Tensor, pool: (images: Tensor) => Tensor): Tensor {
  const [n, c, depth, h, w] = x.shape;
  const y = pool(reshape(x, [n, c * depth, h, w]));
  return reshape(y, [n, c, depth, y.shape[2], y.shape[3]]);
}
