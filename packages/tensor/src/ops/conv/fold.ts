import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { reshape } from '../layout/reshape.ts';
import { slice } from '../layout/slice.ts';
import { scatterSteps } from '../layout/slice-op.ts';
import { type NumberOrPair, pairOf } from './pair.ts';
import { type UnfoldOptions, windowsOver } from './unfold.ts';

/**
 * Adds the columns that {@link unfold} made back up to images (col2im): its adjoint, not its inverse, since windows overlap.
 *
 * @param x - `[n, c * kh * kw, l]`, one column a window
 * @param size - height and width of the images
 * @returns `[n, c, ...size]`
 * @throws {@link ShapeError} for another rank, or columns that are not those of such images
 * @throws {@link ArgumentError} for an option outside its domain
 * @example
 * const columns = unfold(ones([1, 1, 2, 3]), 2);
 * await fold(columns, [2, 3], 2).array() // [[[[1, 2, 1], [1, 2, 1]]]]
 */
export function fold(x: Tensor, size: NumberOrPair, kernelSize: NumberOrPair, options: UnfoldOptions = {}): Tensor {
  const [height, width] = pairOf(size);
  const [kh, kw] = pairOf(kernelSize);
  if (x.rank !== 3) {
    throw new ShapeError('fold', `x must have 3 axes [n, c * kh * kw, l], got ${x.rank} (x ${formatShape(x.shape)})`);
  }
  const [n, rows, columns] = x.shape;
  const c = rows / (kh * kw);
  const { stride, padding, dilation, count } = windowsOver('fold', [n, c, height, width], kernelSize, options);
  if (!Number.isInteger(c) || columns !== count[0] * count[1]) {
    throw new ShapeError(
      'fold',
      `x must be [n, c * ${kh * kw}, ${count[0] * count[1]}], got ${formatShape(x.shape)} (size ${height} by ${width})`,
    );
  }
  const taps = reshape(x, [n, c, kh * kw, ...count]);
  const padded = [n, c, height + 2 * padding[0], width + 2 * padding[1]];
  const parts = Array.from({ length: kh * kw }, (_, at) =>
    scatterSteps(
      slice(taps, [null, null, at]),
      [0, 0, Math.floor(at / kw) * dilation[0], (at % kw) * dilation[1]],
      [1, 1, ...stride],
      padded,
    ),
  );
  const whole = parts.reduce((sum, part) => add(sum, part));
  return slice(whole, [null, null, [padding[0], padding[0] + height], [padding[1], padding[1] + width]]);
}
