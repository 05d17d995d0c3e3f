import type { Shape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { hostTensor } from './host-tensor.ts';
import { matrixShape } from './matrix-shape.ts';
import type { InitOptions } from './options.ts';

/**
 * Ones on the diagonal: a linear layer that hands on as many of its inputs as it can.
 *
 * @param shape - `[out, in]`
 * @throws {@link ShapeError} for another number of axes
 * @example
 * await init.eye([2, 3]).array() // [[1, 0, 0], [0, 1, 0]]
 */
export function eye(shape: Shape, options: Omit<InitOptions, 'rng'> = {}): Tensor {
  const [rows, columns] = matrixShape('eye', shape);
  return hostTensor(shape, options, (values) => {
    for (let i = 0; i < Math.min(rows, columns); i++) values[i * columns + i] = 1;
  });
}
