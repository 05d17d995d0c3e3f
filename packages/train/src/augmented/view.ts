import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

/** Makes other images `[n, c, h, w]` of images, the same for all, on the device. */
export type View = (images: Tensor) => Tensor;

/**
 * Height and width of a batch of images.
 *
 * @throws {@link ShapeError} for anything else
 */
export function imageSides(op: string, images: Tensor): readonly [height: number, width: number] {
  if (images.rank === 4) return [images.shape[2], images.shape[3]];
  throw new ShapeError(op, `images must be [n, c, h, w], got ${formatShape(images.shape)}`);
}
