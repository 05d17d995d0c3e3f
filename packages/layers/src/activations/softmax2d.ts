import { formatShape, ShapeError } from '@dl/kernels';
import { softmax, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Probabilities over the channels of each pixel; see {@link softmax}.
 *
 * @example
 * await new Softmax2d().forward(zeros([1, 2, 1, 1])).data() // Float32Array [0.5, 0.5]
 */
export class Softmax2d extends Module implements Layer {
  /**
   * @param x - `[n, c, h, w]` or `[c, h, w]`, float
   * @throws {@link ShapeError} for another number of axes
   */
  override forward(x: Tensor): Tensor {
    if (x.rank !== 3 && x.rank !== 4) {
      throw new ShapeError('Softmax2d', `x must be [n, c, h, w] or [c, h, w], got ${formatShape(x.shape)}`);
    }
    return softmax(x, -3);
  }
}
