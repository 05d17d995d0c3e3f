import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { hardtanh } from './hardtanh.ts';

/**
 * Rectifier with a ceiling, $y = \min(\max(x, 0), 6)$. The gradient at 0 and at 6 is 0, as in PyTorch.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await relu6(tensor([-1, 3, 8])).data() // Float32Array [0, 3, 6]
 * @see Krizhevsky, Convolutional deep belief networks on CIFAR-10, 2010
 */
export function relu6(x: Tensor): Tensor {
  checkFloat('relu6', x.dtype);
  return hardtanh(x, { min: 0, max: 6 });
}
