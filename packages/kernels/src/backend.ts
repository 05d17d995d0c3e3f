import type { KernelAttrs, KernelName } from './attrs.ts';
import type { DType, TypedArray } from './dtype.ts';
import type { FusedKernelAttrs, FusedKernelName } from './fused.ts';
import type { Shape } from './shape.ts';

/** What a tensor looks like from outside: extents and element type. */
export interface TensorSpec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A block of elements that a backend keeps. Only the backend that made it knows what is inside. */
export interface KernelBuffer {
  /** Bytes of the elements; the block that holds them may be larger. */
  readonly bytes: number;
}

/** One input of a kernel. A `Tensor` is one, so an op hands its tensors over as they are. */
export interface KernelInput extends TensorSpec {
  readonly buffer: KernelBuffer;
}

/** What a backend is and what it could not be. */
export interface BackendInfo {
  readonly name: string;
  /** What executes: `'typescript'`, `'wasm-simd'`, `'wasm-relaxed-simd'`, `'webgpu'` … */
  readonly mode: string;
  readonly threads: number;
  /** What was asked, hoped for or tried before and refused, each with the reason; empty where nothing was. */
  readonly refused: readonly string[];
  /** The device that executes, in the words of its driver; absent where that is the CPU by itself. */
  readonly adapter?: string;
  /** True where {@link BackendInfo.adapter} is emulated on the CPU: SwiftShader, llvmpipe, lavapipe, WARP, Microsoft Basic Render Driver. */
  readonly software?: boolean;
  /**
   * Whether float32 is IEEE 754 throughout: NaN and infinities go through every kernel as they do on a CPU, and subnormal numbers are
   * kept. GPUs may flush those to zero and assume that the others do not occur. Absent means true.
   */
  readonly strictNumerics?: boolean;
}

/** What a backend holds at this moment. */
export interface BackendStats {
  readonly buffers: number;
  /** Bytes of live buffers, as their tensors count them. */
  readonly bytes: number;
  /** The most that {@link BackendStats.bytes} has been. */
  readonly peakBytes: number;
  /** Bytes that the backend took from the system, pools included. */
  readonly reservedBytes: number;
}

/**
 * The waist of the house: whatever stores buffers and runs the kernels of {@link KernelAttrs} can train every model.
 *
 * Dispatch is synchronous, reading is not: `run` may return before the work is done, `read` waits for it.
 * Buffers are counted: `upload` and `run` give one reference, `retain` adds one, `release` takes one, and the
 * last gives the block back.
 */
export interface Backend {
  readonly name: string;
  /** What it is, what executes, and what it refused. */
  info(): BackendInfo;
  /** Whether `kernel` runs with inputs (for `cast`, an output) of `dtype`. */
  supports(kernel: KernelName, dtype: DType): boolean;
  /** Copies `data` into a new buffer. `data.length` is the size of `spec.shape`. */
  upload(data: TypedArray, spec: TensorSpec): KernelBuffer;
  /**
   * Runs one kernel into a new buffer shaped as `out`.
   *
   * @throws {@link BackendError} where {@link Backend.supports} says no
   */
  run<K extends KernelName>(kernel: K, inputs: readonly KernelInput[], attrs: KernelAttrs[K], out: TensorSpec): KernelBuffer;
  /** Whether {@link Backend.runFused} has `kernel` for a first input of `dtype`. */
  fuses(kernel: FusedKernelName, dtype: DType): boolean;
  /**
   * Runs one fused kernel into new buffers shaped as `outs`, one reference to each.
   *
   * @throws {@link BackendError} where {@link Backend.fuses} says no
   */
  runFused<K extends FusedKernelName>(
    kernel: K,
    inputs: readonly KernelInput[],
    attrs: FusedKernelAttrs[K],
    outs: readonly TensorSpec[],
  ): readonly KernelBuffer[];
  /** A copy of the elements. */
  read(input: KernelInput): Promise<TypedArray>;
  /** Adds a reference. */
  retain(buffer: KernelBuffer): void;
  /** Takes a reference; the last one frees the block. After {@link Backend.dispose} it does nothing: the blocks are gone already. */
  release(buffer: KernelBuffer): void;
  /**
   * Hints that `buffer` is small and may outlive its scope, such as the loss of a step: the backend may move it
   * out of scarce memory into the garbage collector's care.
   */
  offload(buffer: KernelBuffer): void;
  /** Resolves when all work handed in so far is done. */
  sync(): Promise<void>;
  /** What it holds now. */
  stats(): BackendStats;
  /** Frees everything; the backend is of no use afterwards. */
  dispose(): void;
}
