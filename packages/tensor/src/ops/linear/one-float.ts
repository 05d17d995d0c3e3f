import { type DType, DTypeError, isFloat, type TensorSpec } from '@dl/kernels';

/**
 * The float dtype that both operands of a product have.
 *
 * @throws {@link DTypeError} when they differ or are no floats
 */
export function oneFloat(op: string, a: TensorSpec, b: TensorSpec): DType {
  if (isFloat(a.dtype) && a.dtype === b.dtype) return a.dtype;
  throw new DTypeError(op, `dtypes must be one float type, got ${a.dtype} and ${b.dtype}: convert with cast(x, 'float32')`);
}
