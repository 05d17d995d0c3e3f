import type { Language, Parameter, Type } from './language/language.ts';

/** A function in the language of the mode that a kernel's JavaScript may call: what addresses memory, with exact integers. */
export interface Native {
  readonly name: string;
  readonly returns: Type;
  readonly parameters: readonly Parameter[];
  readonly body: string;
}

/**
 * A kernel as gpu.js takes it. One thread computes four neighbouring elements, a texel, and returns them as an `Array(4)`.
 *
 * Arithmetic is JavaScript, which gpu.js translates; a local that holds an integer becomes a float there, exact up to 2²⁴, so
 * whatever addresses memory is a {@link Native}.
 */
export interface KernelSource {
  /** Names of the buffers it reads, in order. */
  readonly buffers: readonly string[];
  /** Names of integer arguments. */
  readonly ints?: readonly string[];
  /** Names of float arguments. */
  readonly floats?: readonly string[];
  /** Functions in gpu.js' JavaScript. */
  readonly functions?: readonly string[];
  readonly natives: readonly Native[];
  /** Statements of the kernel, in gpu.js' JavaScript. */
  readonly body: string;
  /**
   * WGSL instead of all that: the function `main` with its workgroup, and what it needs. gpu.js gives the bindings alone: `user_<buffer>`
   * and `result`, arrays of texels, and `params.user_<argument>`. The launch says how many workgroups run.
   */
  readonly entry?: string;
  /** GLSL alone: how many layers of a sheet it fills. A native assigns the texels of those after the first to `data1 data2 …`. */
  readonly layers?: number;
  /** GLSL alone: buffers that are sheets of several layers. */
  readonly layered?: readonly string[];
}

/** A kernel before the language is known. Equal keys give equal sources. */
export interface Program {
  readonly key: string;
  source(language: Language): KernelSource;
}
