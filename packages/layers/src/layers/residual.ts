import { formatShape, ShapeError, sameShape } from '@dl/kernels';
import { add, type Tensor } from '@dl/tensor';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/** Options of {@link Residual}. */
export interface ResidualOptions {
  /** What the input goes through beside the body: a projection, where shapes change. Default: nothing. */
  readonly shortcut?: Layer | undefined;
}

/**
 * A body with a way around it, $y = F(x) + x$: the gradient has a summand that passes as it is, so depth does not make it vanish. With a shortcut
 * $y = F(x) + S(x)$.
 *
 * @example
 * const block = new Residual(new Sequential(new Conv2d(8, 8, 3, { padding: 1 }), new ReLU()));
 * block.forward(ones([1, 8, 5, 5])).shape // [1, 8, 5, 5]
 * const down = new Residual(new Conv2d(8, 16, 3, { stride: 2, padding: 1 }), { shortcut: new Conv2d(8, 16, 1, { stride: 2 }) });
 * [...stateDict(down).keys()] // ['body.weight', 'body.bias', 'shortcut.weight', 'shortcut.bias']
 * @see He, Zhang, Ren & Sun, Deep residual learning for image recognition, 2016
 */
export class Residual extends Module implements Layer {
  /** $F$. */
  readonly body: Layer;
  /** $S$, if not the identity. */
  readonly shortcut: Layer | undefined;

  constructor(body: Layer, { shortcut }: ResidualOptions = {}) {
    super();
    this.body = body;
    this.shortcut = shortcut;
  }

  /**
   * @param x - what the body takes
   * @param options - handed to both branches
   * @throws {@link ShapeError} when the branches end in different shapes: nothing is broadcast
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    const y = this.body.forward(x, options);
    const around = this.shortcut === undefined ? x : this.shortcut.forward(x, options);
    if (!sameShape(y.shape, around.shape)) {
      throw new ShapeError(
        'Residual',
        `body and shortcut must end in one shape, got ${formatShape(y.shape)} and ${formatShape(around.shape)}`,
      );
    }
    return add(y, around);
  }
}
