import type { Backend, DType, NoAttrs } from '@dl/kernels';
import { ArgumentError, isFloat, promote } from '@dl/kernels';
import { cast } from '../ops/elementwise/cast.ts';
import { freedBy } from './freed.ts';
import { apply, compute, type Op } from './op.ts';
import { explain } from './out-of-memory.ts';
import { isRecording } from './recorder.ts';
import { Tensor } from './tensor.ts';

/** What arithmetic takes: a tensor, or a number that adapts to the tensor beside it. */
export type Operand = Tensor | number;

/** A constant of any shape on `backend`, all elements `value`. */
export function constant(backend: Backend, shape: readonly number[], dtype: DType, value: number): Tensor {
  try {
    return new Tensor(backend, backend.run('fill', [], { value }, { shape, dtype }), shape, dtype);
  } catch (error) {
    throw explain('fill', error);
  }
}

/**
 * Two operands as tensors of one dtype: the higher of the two in bool < uint8 < int32 < float32 < float64. A number takes the dtype
 * of the tensor beside it, or where that cannot hold it the next one that can: -1 beside uint8 makes both int32, 0.5 beside int32 both
 * float32. Beside bool an integer makes both int32.
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

/**
 * Runs `op` on two operands of one dtype, as {@link promoteOperands} makes them. What was made for it and is neither `a` nor `b` is freed, unless
 * a recorder needs it.
 */
export function applyPromoted(op: Op<NoAttrs>, a: Operand, b: Operand): Tensor {
  if (!isRecording()) {
    if (typeof b === 'number' && typeof a !== 'number') return computeBeside(op, a, b, false);
    if (typeof a === 'number' && typeof b !== 'number') return computeBeside(op, b, a, true);
  }
  const [x, y] = promoteOperands(op.name, a, b);
  const output = apply(op, [x, y], {});
  if ((x !== a || y !== b) && !isRecording()) {
    if (x !== a) x.free(freedBy(op.name));
    if (y !== b) y.free(freedBy(op.name));
  }
  return output;
}

/** `op` of a tensor and a number while nobody records: the number takes a block for the time of the kernel, and no tensor. */
function computeBeside(op: Op<NoAttrs>, tensor: Tensor, value: number, isFirst: boolean): Tensor {
  const { backend } = tensor;
  const x = toDType(tensor, dtypeBeside(tensor.dtype, value));
  const { dtype } = x;
  const scalar = { buffer: backend.run('fill', [], { value }, { shape: [], dtype }), shape: [], dtype };
  try {
    return compute(op, backend, isFirst ? [scalar, x] : [x, scalar], {});
  } finally {
    backend.release(scalar.buffer);
    if (x !== tensor) x.free(freedBy(op.name));
  }
}

/** `x` itself where it has the dtype already, else cast. */
export function toDType(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : cast(x, dtype);
}

/** The dtype of arithmetic between a tensor of `dtype` and the number `value`. */
export function dtypeBeside(dtype: DType, value: number): DType {
  if (isFloat(dtype)) return dtype;
  if (dtype === 'uint8' && Number.isInteger(value) && value >= 0 && value <= 255) return 'uint8';
  // `| 0` changes fractions, NaN and what 32 bits do not hold; -0 is an integer.
  return (value | 0) === value ? 'int32' : 'float32';
}
