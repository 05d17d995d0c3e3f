import type { FusedKernelAttrs, FusedKernelName, KernelAttrs, KernelName, TensorSpec } from '@dl/kernels';
import type { Storage } from './gpu-device.ts';
import type { Program } from './kernel-source.ts';

/** Elements on the device: those of a tensor, four to a texel, row-major. What lies behind the last one is undefined. */
export interface Operand extends TensorSpec {
  readonly storage: Storage;
}

/** Arguments of a program beside its buffers, in the order of its source. */
export interface Arguments {
  readonly ints?: readonly number[];
  readonly floats?: readonly number[];
}

/** What kernels run on. */
export interface Machine {
  readonly mode: 'webgpu' | 'webgl2' | 'headlessgl';
  /** Runs `program` once for each texel of `output`. */
  launch(program: Program, inputs: readonly Operand[], output: Operand, args?: Arguments): void;
  /** Memory until the end of the running kernel. */
  scratch(spec: TensorSpec): Operand;
}

/** Fills `out` from `inputs`. `out` has elements. */
export type Kernel<K extends KernelName> = (
  machine: Machine,
  inputs: readonly Operand[],
  attrs: KernelAttrs[K],
  out: Operand,
) => void;

/** As {@link Kernel}, with several results. */
export type FusedKernel<K extends FusedKernelName> = (
  machine: Machine,
  inputs: readonly Operand[],
  attrs: FusedKernelAttrs[K],
  outs: readonly Operand[],
) => void;
