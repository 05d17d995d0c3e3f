import type { Shape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { kaimingStd } from './kaiming-std.ts';
import type { KaimingOptions } from './kaiming-uniform.ts';
import { normal } from './normal.ts';

/**
 * Normal with deviation $g / \sqrt{\text{fan}}$; see {@link kaimingUniform}.
 *
 * @param shape - `[out, in, ...kernel]`
 * @throws {@link ShapeError} for fewer than two axes
 * @throws {@link ArgumentError} for an unknown mode or activation
 * @example
 * init.kaimingNormal([64, 32, 3, 3], { mode: 'fanOut', nonlinearity: 'relu' }).shape // [64, 32, 3, 3]
 */
export function kaimingNormal(shape: Shape, options: KaimingOptions = {}): Tensor {
  const { mode, nonlinearity, a, ...rest } = options;
  return normal(shape, { ...rest, std: kaimingStd(shape, { mode, nonlinearity, a }) });
}
