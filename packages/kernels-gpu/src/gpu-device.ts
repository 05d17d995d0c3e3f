import type { Program } from './kernel-source.ts';

/** Memory of the device: texels of four floats. Only the device that made it knows what is inside. */
export interface Storage {
  readonly texels: number;
  /** Bytes taken from the system. */
  readonly bytes: number;
}

/** One run of a program. */
export interface Launch {
  readonly program: Program;
  readonly inputs: readonly Storage[];
  readonly ints: readonly number[];
  readonly floats: readonly number[];
  readonly output: Storage;
}

/** What has been compiled. */
export interface CompileStats {
  /** Programs ready to run. */
  readonly programs: number;
  /** Milliseconds spent on translating and compiling since the beginning. */
  readonly compileMs: number;
}

/** A queue of a GPU that runs gpu.js kernels in the order of their launches. */
export interface GpuDevice {
  readonly mode: 'webgpu' | 'webgl2' | 'headlessgl';
  /** What executes, as the browser describes it. */
  readonly adapter: string;
  /** Whether {@link adapter} is emulated on the CPU. */
  readonly isSoftware: boolean;
  /** Why the device is of no use any more. */
  readonly lost: string | undefined;
  /** Bytes taken from the system, the pool included. */
  readonly reservedBytes: number;
  readonly compiled: CompileStats;
  allocate(elements: number): Storage;
  free(storage: Storage): void;
  /** Copies `data` to the beginning of `storage`. */
  write(storage: Storage, data: Float32Array): void;
  launch(launch: Launch): void;
  /** The first `elements` of `storage`, at once; undefined on a device that cannot wait. */
  readNow(storage: Storage, elements: number): Float32Array | undefined;
  /** The first `elements` of `storage`, when all work so far is done. */
  read(storage: Storage, elements: number): Promise<Float32Array>;
  sync(): Promise<void>;
  dispose(): void;
}
