import type { Program } from './kernel-source.ts';

/** Memory of the device: texels of four floats. Only the device that made it knows what is inside. */
export interface Storage {
  /** What memory has to have in common to stand in for this. */
  readonly size: number | string;
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
  /** Texels of {@link output} to compute; of a sheet, those of a layer. */
  readonly texels: number;
  /** Workgroups along each axis, for a program with an entry point of its own; else there is a thread for each texel of `output`. */
  readonly grid?: Grid | undefined;
}

/** Makes textures of a given width and height, in texels, with one layer or more. A program fills all layers at once. */
export interface SheetMaker {
  /** The most texels along a side. */
  readonly side: number;
  allocate(width: number, height: number, layers: number): Storage;
}

/** Workgroups along x, y and z. */
export type Grid = readonly [x: number, y: number, z: number];

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
  /** Undefined where memory has no shape, and where programs fill fewer than eight layers. */
  readonly sheets?: SheetMaker | undefined;
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
