import { type DType, DTypeError, isFloat } from '@dl/kernels';

/**
 * Refuses what is not a float.
 *
 * @throws {@link DTypeError} for integers and bool
 */
export function checkFloat(op: string, dtype: DType): void {
  if (!isFloat(dtype)) throw new DTypeError(op, `dtype must be float, got ${dtype}: convert it with cast(x, 'float32')`);
}

/**
 * Refuses what arithmetic does not take.
 *
 * @throws {@link DTypeError} for uint8 and bool
 */
export function checkSigned(op: string, dtype: DType): void {
  if (isFloat(dtype) || dtype === 'int32') return;
  throw new DTypeError(op, `dtype must be float or int32, got ${dtype}: convert it with cast(x, 'float32')`);
}
