import { DTypeError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { tidy } from '../../core/scope.ts';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { hostIndex } from './host-index.ts';
import { indexSelect } from './index-select.ts';

/**
 * The elements of `x` where `mask` is true, as NumPy's `x[mask]`. How many there are depends on the values, so the mask is read back first;
 * where a fixed shape will do, {@link maskedFill} or {@link where} do not wait.
 *
 * @param x - `[...mask.shape, ...rest]`
 * @param mask - bool, the leading axes of `x`
 * @returns `[count, ...rest]`, in row-major order; carries gradients to `x`
 * @throws {@link ShapeError} unless the mask's shape begins that of `x`
 * @throws {@link DTypeError} for a mask that is not bool
 * @example
 * const x = tensor([[1, 2], [3, 4], [5, 6]]);
 * await (await booleanMask(x, tensor([true, false, true]))).array() // [[1, 2], [5, 6]]
 */
export async function booleanMask(x: Tensor, mask: Tensor): Promise<Tensor> {
  if (mask.dtype !== 'bool')
    throw new DTypeError('booleanMask', `mask must be bool, got ${mask.dtype}: compare it, as in greater(x, 0)`);
  if (!sameShape(x.shape.slice(0, mask.rank), mask.shape)) {
    throw new ShapeError(
      'booleanMask',
      `mask must have the leading axes of x, got ${formatShape(mask.shape)} (x ${formatShape(x.shape)})`,
    );
  }
  const chosen: number[] = [];
  (await mask.data()).forEach((isChosen, i) => {
    if (isChosen) chosen.push(i);
  });
  // After an await no scope of the caller is open: what is made on the way is freed here.
  return tidy(() => indexSelect(reshape(x, [mask.size, ...x.shape.slice(mask.rank)]), hostIndex(x.backend, chosen), 0));
}
