import { BackendError } from '@dl/kernels';
import type { KernelSource } from './kernel-source.ts';
import type { Language, Type } from './language/language.ts';

/** Where a scalar argument lies in the uniform buffer of a WebGPU kernel. */
export interface ScalarSlot {
  readonly name: string;
  readonly offset: number;
}

/** What the backend uses of gpu.js' WebGPU kernel: its translation of JavaScript to WGSL. */
export interface GpuJsWebGpuKernel {
  readonly compiledSource: string;
  readonly paramsLayout: { readonly scalarArgs: readonly ScalarSlot[]; readonly byteLength: number };
  assembleWGSL(): string;
  _buildAsync(): Promise<void>;
  build(...args: readonly unknown[]): unknown;
}

/** What the backend uses of gpu.js' WebGL2 kernel: its translation of JavaScript to GLSL, compiled and linked. */
export interface GpuJsWebGlKernel {
  readonly program: WebGLProgram | null;
  readonly texture: { readonly texture: WebGLTexture } | null;
  readonly framebuffer: WebGLFramebuffer | null;
  readonly buffer: WebGLBuffer | null;
  readonly fallbackRequested: boolean;
  readonly fallbackReason?: string | null;
  readonly built: boolean;
  _getMainArgumentsString(args: unknown): string;
  getFragmentShader(args: unknown): string;
  build(...args: readonly unknown[]): unknown;
}

interface KernelClass<K> {
  new (source: string, settings: object): K;
  readonly mode: string;
}

/** The parts of gpu.js that the backend leans on. They are internals of 2.24.1, which is pinned; `gpujs.test.ts` guards each. */
export interface GpuJs {
  readonly WebGPUKernel: KernelClass<GpuJsWebGpuKernel>;
  readonly WebGL2Kernel: KernelClass<GpuJsWebGlKernel>;
}

/** Loads gpu.js, which is large, when the first GPU backend is made. */
export async function loadGpuJs(): Promise<GpuJs> {
  const loaded: unknown = await import('gpu.js');
  const module = hasKernels(loaded) ? loaded : (loaded as { readonly default?: unknown }).default;
  if (hasKernels(module)) return module;
  throw new BackendError('createGpuBackend', 'gpu.js must export WebGPUKernel and WebGL2Kernel, got a module without them');
}

function hasKernels(module: unknown): module is GpuJs {
  return typeof module === 'object' && module !== null && 'WebGPUKernel' in module && 'WebGL2Kernel' in module;
}

const gpuJsTypes: { readonly [T in Type]: string } = { float: 'Number', int: 'Integer', vec4: 'Array(4)' };

/** The settings of gpu.js that a kernel needs in any mode; `bufferType` is gpu.js' name for what holds a buffer. */
export function settingsOf(source: KernelSource, bufferType: string): object {
  const { buffers, ints = [], floats = [], functions = [], natives } = source;
  return {
    pipeline: true,
    precision: 'single',
    tactic: 'precision',
    returnType: 'Array(4)',
    dynamicOutput: true,
    dynamicArguments: true,
    // Loops of natives are none of gpu.js' business; those of its own JavaScript must not stop silently.
    loopMaxIterations: 1 << 30,
    argumentTypes: [...buffers.map(() => bufferType), ...ints.map(() => 'Integer'), ...floats.map(() => 'Float')],
    functions: functions.map((text) => ({
      source: text,
      settings: { argumentTypes: parametersOf(text).map(() => 'Number'), returnType: 'Number' },
    })),
    nativeFunctions: natives.map(({ name, returns, parameters }) => ({
      name,
      // The text goes in whole, before the kernel: `nativeText`.
      source: '',
      argumentTypes: Object.fromEntries(parameters.map(([parameter, type]) => [parameter, gpuJsTypes[type]])),
      returnType: gpuJsTypes[returns],
    })),
  };
}

/** The kernel as gpu.js' JavaScript. */
export function javaScriptOf({ buffers, ints = [], floats = [], body }: KernelSource): string {
  return `function (${[...buffers, ...ints, ...floats].join(', ')}) { ${body} }`;
}

/** The text of a kernel's natives. */
export function nativeText(source: KernelSource, language: Language): string {
  return source.natives.map(({ name, returns, parameters, body }) => language.define(returns, name, parameters, body)).join('\n');
}

/** `text` after a replacement that must happen, since gpu.js is expected to write what is replaced. */
export function replaced(text: string, what: string | RegExp, by: string): string {
  const result = typeof what === 'string' ? text.replaceAll(what, () => by) : text.replace(what, by);
  if (result !== text) return result;
  throw new BackendError('compile', `gpu.js must write ${String(what)} into its shaders, got none (is it version 2.24.1?)`);
}

/** The name of a function. */
export function nameOf(text: string): string {
  return /^function (\w+)/.exec(text)?.[1] ?? '';
}

/** The names of its parameters. */
export function parametersOf(text: string): string[] {
  const list = /^function \w+\(([^)]*)\)/.exec(text)?.[1] ?? '';
  return list.split(',').map((name) => name.trim());
}
