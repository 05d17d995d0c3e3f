import type { FusedKernelAttrs, FusedKernelName, KernelAttrs, KernelName, TensorSpec } from '@dl/kernels';
import type { Grid, Storage } from './gpu-device.ts';
import type { Program } from './kernel-source.ts';

/** Elements on the device: those of a tensor, four to a texel, row-major. What lies behind the last one is undefined. */
export interface Operand extends TensorSpec {
  readonly storage: Storage;
}

/** A texture of a width and height, in texels, whose rows and columns mean what its kernel says. It may have several layers. */
export interface Sheet {
  readonly storage: Storage;
  readonly width: number;
  readonly height: number;
}

/** Where kernels get sheets. */
export interface Sheets {
  /** The most texels along a side. */
  readonly side: number;
  /** A sheet until the end of the running kernel; of eight layers at most. */
  take(width: number, height: number, layers?: number): Sheet;
}

/** Arguments of a program beside its buffers, in the order of its source. */
export interface Arguments {
  readonly ints?: readonly number[];
  readonly floats?: readonly number[];
  /** Workgroups, where the program has an entry point of its own. */
  readonly grid?: Grid;
}

/** What kernels run on. */
export interface Machine {
  readonly mode: 'webgpu' | 'webgl2' | 'headlessgl';
  /** Whether the adapter is emulated on the CPU, where memory of a workgroup is as slow as any other. */
  readonly isSoftware: boolean;
  /** Memory that is textures, on WebGL2. */
  readonly sheets?: Sheets | undefined;
  /** Runs `program` once for each texel of `output`, of a sheet for each texel of a layer, or as often as `args.grid` says. */
  launch(program: Program, inputs: readonly (Operand | Sheet)[], output: Operand | Sheet, args?: Arguments): void;
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

/** A kernel for some problems only, which it does faster than the general one. */
export interface Form<K extends KernelName> {
  suits(machine: Machine, inputs: readonly TensorSpec[], attrs: KernelAttrs[K], out: TensorSpec): boolean;
  readonly compute: Kernel<K>;
}

/** As {@link Kernel}, with several results. */
export type FusedKernel<K extends FusedKernelName> = (
  machine: Machine,
  inputs: readonly Operand[],
  attrs: FusedKernelAttrs[K],
  outs: readonly Operand[],
) => void;
