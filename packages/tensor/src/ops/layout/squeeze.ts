import { formatShape, normalizeAxes, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from './reshape.ts';

/**
 * Drops axes of extent 1. The block is shared.
 *
 * @param x - any shape
 * @param axes - one axis or several, each of extent 1; default: all that are
 * @throws {@link ShapeError} for an axis out of range, named twice, or of another extent (NumPy's rule; PyTorch leaves such an axis alone)
 * @example
 * squeeze(tensor([[[1], [2]]])).shape // [2]
 * squeeze(tensor([[[1], [2]]]), 0).shape // [2, 1]
 */
export function squeeze(x: Tensor, axes?: number | readonly number[]): Tensor {
  if (axes === undefined)
    return reshape(
      x,
      x.shape.filter((extent) => extent !== 1),
    );
  const dropped = normalizeAxes('squeeze', axes, x.rank);
  for (const axis of dropped) {
    if (x.shape[axis] !== 1) {
      throw new ShapeError(
        'squeeze',
        `axes must have extent 1, got ${x.shape[axis]} at axis ${axis} (x ${formatShape(x.shape)})`,
      );
    }
  }
  return reshape(
    x,
    x.shape.filter((_, axis) => !dropped.includes(axis)),
  );
}
