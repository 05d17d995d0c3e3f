import { ArgumentError, type DType } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { equal } from '../comparison/equal.ts';
import { cast } from '../elementwise/cast.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { asIndex } from './as-index.ts';
import { hostIndex } from './host-index.ts';

/** Options of {@link oneHot}. */
export interface OneHotOptions {
  /** Default `'float32'`. */
  readonly dtype?: DType | undefined;
}

/**
 * Indicator vectors of class numbers, $y_{\dots,c} = [\text{index}_{\dots} = c]$; all zeros for a number that is no class.
 *
 * @param index - any shape, int32 or uint8
 * @param classes - how many there are
 * @returns `[...index.shape, classes]`
 * @throws {@link ArgumentError} for a number of classes that is not positive
 * @throws {@link DTypeError} for an index of another dtype
 * @example
 * await oneHot(tensor([2, 0], { dtype: 'int32' }), 3).array() // [[0, 0, 1], [1, 0, 0]]
 */
export function oneHot(index: Tensor, classes: number, options: OneHotOptions = {}): Tensor {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new ArgumentError('oneHot', `classes must be a positive integer, got ${classes}`);
  }
  const numbers = hostIndex(
    index.backend,
    Array.from({ length: classes }, (_, c) => c),
  );
  return cast(equal(unsqueeze(asIndex('oneHot', index), -1), numbers), options.dtype ?? 'float32');
}
