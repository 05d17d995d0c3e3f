import type { Backend, DType } from '@dl/kernels';
import { ArgumentError, isFloat, promote } from '@dl/kernels';
import { cast } from '../ops/elementwise/cast.ts';
import { Tensor } from './tensor.ts';

/** What arithmetic takes: a tensor, or a number that adapts to the tensor beside it. */
export type Operand = Tensor | number;

/** A constant of any shape on `backend`, all elements `value`. */
export function constant(backend: Backend, shape: readonly number[], dtype: DType, value: number): Tensor {
  return new Tensor(backend, backend.run('fill', [], { value }, { shape, dtype }), shape, dtype);
}

/** A scalar constant beside `x`: its backend, its dtype. */
export function scalarLike(x: Tensor, value: number): Tensor {
  return constant(x.backend, [], x.dtype, value);
}

/**
 * Two operands as tensors of one dtype: the higher of the two in bool < uint8 < int32 < float32 < float64. A number takes the dtype
 * of the tensor beside it; beside bool or an integer type a fraction makes both float32, and an integer beside bool makes both int32.
 *
 * @throws {@link ArgumentError} when both are numbers
 */
export function promoteOperands(op: string, a: Operand, b: Operand): readonly [Tensor, Tensor] {
  if (typeof a === 'number') {
    if (typeof b === 'number') throw new ArgumentError(op, `one operand must be a tensor, got the numbers ${a} and ${b}`);
    const dtype = dtypeBeside(b.dtype, a);
    return [constant(b.backend, [], dtype, a), toDType(b, dtype)];
  }
  if (typeof b === 'number') {
    const dtype = dtypeBeside(a.dtype, b);
    return [toDType(a, dtype), constant(a.backend, [], dtype, b)];
  }
  if (a.dtype === b.dtype) return [a, b];
  const dtype = promote(a.dtype, b.dtype);
  return [toDType(a, dtype), toDType(b, dtype)];
}

/** `x` itself where it has the dtype already, else cast. */
export function toDType(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : cast(x, dtype);
}

function dtypeBeside(dtype: DType, value: number): DType {
  if (isFloat(dtype)) return dtype;
  if (!Number.isInteger(value)) return 'float32';
  return dtype === 'bool' ? 'int32' : dtype;
}
