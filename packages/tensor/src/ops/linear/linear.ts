import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { reshape } from '../layout/reshape.ts';
import { matmul } from './matmul.ts';

/**
 * Affine map of the last axis, $y = x W^\top + b$, as PyTorch's `F.linear`. Leading axes are batches and cost one product.
 *
 * @param x - `[..., in]`
 * @param weight - `[out, in]`
 * @param bias - `[out]`
 * @returns `[..., out]`
 * @throws {@link ShapeError} when the extents `in` differ, or bias does not match `out`
 * @throws {@link DTypeError} unless all have one float dtype
 * @example
 * await linear(tensor([[1, 2]]), tensor([[3, 4], [5, 6]]), tensor([0, 1])).array() // [[11, 18]]
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const features = x.shape.at(-1);
  if (weight.rank !== 2 || features !== weight.shape[1]) {
    throw new ShapeError(
      'linear',
      `x must be [..., in] and weight [out, in], got ${features ?? 'a scalar'} and ${weight.shape.at(-1) ?? 'a scalar'} (x ${formatShape(x.shape)}, weight ${formatShape(weight.shape)})`,
    );
  }
  const [outFeatures] = weight.shape;
  if (bias !== undefined && (bias.rank !== 1 || bias.size !== outFeatures)) {
    throw new ShapeError(
      'linear',
      `bias must be [${outFeatures}], got ${formatShape(bias.shape)} (weight ${formatShape(weight.shape)})`,
    );
  }
  const lead = x.shape.slice(0, -1);
  const rows = lead.reduce((product, extent) => product * extent, 1);
  const y = matmul(reshape(x, [rows, features]), weight, { transposeB: true });
  return reshape(bias === undefined ? y : add(y, bias), [...lead, outFeatures]);
}
