import { ArgumentError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { div } from '../arithmetic/div.ts';
import { mul } from '../arithmetic/mul.ts';
import { pow } from '../arithmetic/pow.ts';
import { square } from '../elementwise/square.ts';
import { pad } from '../layout/pad.ts';
import { reshape } from '../layout/reshape.ts';
import { avgPool2d } from '../pool/avg-pool2d.ts';
import { asPlanes } from './norm-inputs.ts';

/** Options of {@link localResponseNorm}. */
export interface LocalResponseNormOptions {
  /** $\alpha$. Default 1e-4. */
  readonly alpha?: number | undefined;
  /** $\beta$. Default 0.75. */
  readonly beta?: number | undefined;
  /** $k$. Default 1. */
  readonly k?: number | undefined;
}

/**
 * Local response normalisation over neighbouring channels, as in AlexNet: $y_c = x_c \, \big(k + \frac{\alpha}{s} \sum_{j \in W(c)}
 * x_j^2\big)^{-\beta}$, where the window $W(c)$ has $s$ channels, from $c - \lfloor s / 2 \rfloor$ on, and what lies outside counts 0.
 *
 * PyTorch, and we, divide $\alpha$ by $s$; the paper does not: its $k = 2$, $s = 5$, $\alpha = 10^{-4}$ is `size` 5 with `alpha` 5e-4 and `k` 2.
 *
 * @param x - `[n, c, ...]`, float
 * @param size - $s$, the channels in a window
 * @returns the shape of `x`
 * @throws {@link ShapeError} for fewer than two axes
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} unless `size` is a positive integer
 * @example
 * await localResponseNorm(tensor([[1, 2, 2]]), 3, { alpha: 3, beta: 0.5, k: 0 }).array() // [[0.4472, 0.6667, 0.7071]]
 * @see Krizhevsky, Sutskever & Hinton, ImageNet classification with deep convolutional neural networks, 2012, section 3.3
 */
export function localResponseNorm(x: Tensor, size: number, options: LocalResponseNormOptions = {}): Tensor {
  const { alpha = 1e-4, beta = 0.75, k = 1 } = options;
  checkFloat('localResponseNorm', x.dtype);
  if (!Number.isInteger(size) || size < 1) {
    throw new ArgumentError('localResponseNorm', `size must be a positive integer, got ${size}`);
  }
  const [n, c, pixels] = asPlanes('localResponseNorm', x);
  const before = Math.floor(size / 2);
  const windows = pad(reshape(square(x), [n, 1, c, pixels]), [
    [0, 0],
    [0, 0],
    [before, size - 1 - before],
    [0, 0],
  ]);
  const means = reshape(avgPool2d(windows, [size, 1], { stride: 1 }), x.shape);
  return div(x, pow(add(mul(means, alpha), k), beta));
}
