import type { Shape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { normal } from './normal.ts';
import { xavierStd } from './xavier-std.ts';
import type { XavierOptions } from './xavier-uniform.ts';

/**
 * Normal with deviation $g \sqrt{2 / (\text{fanIn} + \text{fanOut})}$; see {@link xavierUniform}.
 *
 * @param shape - `[out, in, ...kernel]`
 * @throws {@link ShapeError} for fewer than two axes
 * @example
 * init.xavierNormal([64, 32], { gain: init.calculateGain('tanh') }).shape // [64, 32]
 */
export function xavierNormal(shape: Shape, { gain, ...options }: XavierOptions = {}): Tensor {
  return normal(shape, { ...options, std: xavierStd(shape, gain) });
}
