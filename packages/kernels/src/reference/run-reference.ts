import type { KernelAttrs, KernelName } from '../attrs.ts';
import type { TensorSpec } from '../backend.ts';
import { createTypedArray, type TypedArray } from '../dtype.ts';
import type { HostTensor } from '../host-tensor.ts';
import { sizeOf } from '../shape.ts';
import { rules } from './rules.ts';
import type { Kernel } from './view.ts';

/**
 * One kernel of the reference backend on plain arrays, at once: what a backend computes that has a kernel on the CPU only.
 *
 * @example
 * const x = { data: Int32Array.of(1, 2, 3), shape: [3], dtype: 'int32' } as const;
 * runReference('unary', [x], { fn: 'square' }, x) // Int32Array [1, 4, 9]
 */
export function runReference<K extends KernelName>(
  kernel: K,
  inputs: readonly HostTensor[],
  attrs: KernelAttrs[K],
  out: TensorSpec,
): TypedArray {
  const data = createTypedArray(out.dtype, sizeOf(out.shape));
  const rule: Kernel<K> = rules[kernel];
  rule(inputs, attrs, { data, shape: out.shape, dtype: out.dtype });
  return data;
}
