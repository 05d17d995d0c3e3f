import type { KernelAttrs, KernelInput, KernelName, TensorSpec } from '@dl/kernels';

/** What the CPU computes, as `info()` lists it. */
export const onHost: readonly string[] = [
  'randomBits, argsort, factor, solve',
  'arithmetic on int32: unary, binary, reduce (sum, prod), cumulativeSum, scatterAdd, indexAdd',
  'fill and iota of integers',
  'every kernel on int32 elements that float32 does not hold, and argReduce that may make them',
];

/** int32 goes wrong on a device that has float32 alone as soon as a result may need more than 24 bits. */
const integerArithmetic: readonly KernelName[] = ['cumulativeSum', 'scatterAdd', 'indexAdd'];
const always: readonly KernelName[] = ['randomBits', 'argsort', 'factor', 'solve'];

/** Whether the CPU computes this run. */
export function runsOnHost<K extends KernelName>(
  kernel: K,
  inputs: readonly KernelInput[],
  attrs: KernelAttrs[K],
  out: TensorSpec,
): boolean {
  if (always.includes(kernel)) return true;
  if (kernel === 'fill') return out.dtype !== 'float32';
  if (out.dtype !== 'int32') return false;
  if (kernel === 'unary' || kernel === 'binary') return true;
  if (kernel === 'reduce') return 'fn' in attrs && (attrs.fn === 'sum' || attrs.fn === 'prod');
  if (kernel === 'iota') return true;
  if (kernel === 'argReduce') return 'axis' in attrs && inputs[0].shape[attrs.axis] > 2 ** 24;
  return integerArithmetic.includes(kernel) && inputs.length > 0;
}
